"""The evening's test calls, and what a chain does when nobody of it is there (R2 edge cases, F49)."""

import pytest

from anju.accounts.models import Membership
from anju.channels import simulator
from anju.duty import actions, queries
from anju.duty.actions import lines
from anju.duty.models import Callout
from anju.journal.models import Entry
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    cast.community.config |= {"duty.outsource_line": "02088886666", "duty.company_line": "02088887777"}
    cast.community.save()
    lines.begin()
    return cast


def rung():
    return [(one.to, one.at.isoformat()[11:19]) for one in simulator.messages(template="T233")]


class TestLines:
    """At 21:45 the lines of the night are called; who does not answer within three minutes is named."""

    def test_answered_lines_say_nothing(self, cast):
        cast.at("21:44:59")
        assert rung() == []
        cast.at("21:48:01")
        assert rung() == [("02088886666", "13:45:00"), ("02088887777", "13:45:00")]
        assert cast.heard("何勇", "T234") == []
        assert queries.line_test(cast.scope("李敏"), cast.community.id).silent == []

    def test_silence_is_told_to_the_duty_manager_at_once(self, cast):
        simulator.behave("voice", "ok", delay_s=600)
        cast.at("21:48:00")
        assert cast.heard("何勇", "T234") == []
        cast.at("21:48:01")
        assert {one.body for one in cast.heard("何勇", "T234")} == {
            "值班线路每日测试没有通过，外包坐席、公司值班电话无人应答，请立即核实并安排备用线路"
        }
        assert cast.heard("赵静", "T234")
        assert Entry.objects.get(verb="duty.lines_heard").data == {"rung": 2, "silent": ["外包坐席", "公司值班电话"]}

    def test_it_comes_back_every_evening_and_may_be_switched_off(self, cast):
        cast.at("03-03 21:50")
        assert len(rung()) == 4
        cast.community.config |= {"duty.line_test": False}
        cast.community.save()
        cast.at("03-04 21:50")
        assert len(rung()) == 4

    def test_without_lines_nothing_is_called_but_an_empty_chain_is_named(self, cast):
        cast.community.config |= {"duty.outsource_line": "", "duty.company_line": ""}
        cast.community.save()
        cast.at("21:50")
        assert (rung(), cast.heard("何勇", "T234")) == ([], [])
        nobody_has_a_phone(cast)
        cast.at("03-03 21:45")
        assert "应急链无人应答" in cast.heard("何勇", "T234", letter="W")[0].body


def nobody_has_a_phone(cast):
    for staff in cast.garden.staff.values():
        staff.phone = ""
        staff.save()
    Membership.objects.first().save()


class TestNobodyThere:
    """F49: the roster is empty, everyone is away."""

    def emptied(self, cast, *steps):
        actions.set_chain(cast.community, by=cast.scope("周强"), kind="default", steps=list(steps))
        for row in cast.garden.members.values():
            row.on_shift = row.on_call = False
            row.save()

    def test_it_falls_to_the_project_manager_and_the_desk_is_told(self, cast):
        self.emptied(cast, {"who": "TECHNICIAN", "ack_s": 60})
        cast.report("家里厨房水管爆了，水止不住")
        run = Callout.objects.get()
        assert (run.state, [one.staff.name for one in run.attempts.all()]) == ("EXHAUSTED", ["周强"])
        assert [one.at for one in cast.heard("周强", "T207")] == [run.started_at]
        assert cast.heard("赵静", "T211")

    def test_holes_are_named_before(self, cast):
        scope, guard = cast.scope("周强"), cast.garden.staff["郑强"]
        guard.phone = ""
        guard.save()
        cast.garden.members["郑强"].save()
        assert list(queries.holes(scope, cast.community).at) == []
        steps = [{"who": "TECHNICIAN", "ref": "", "ack_s": 60}, {"who": "STAFF", "ref": str(guard.id), "ack_s": 60}]
        found = queries.holes(scope, cast.community, steps=steps)
        assert (list(found.at), found.nobody) == ([1], False)
        self.emptied(cast, *steps)
        found = queries.holes(scope, cast.community)
        assert (list(found.at), found.nobody) == ([0, 1], True)
