"""From the button to the file: opening, tickets, states, review, drills (R3.1, R3.5–R3.8, Appendix F)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anju.core import clock
from anju.core.errors import Refused
from anju.incidents import actions, queries
from anju.incidents.models import Incident
from anju.incidents.rules import plans
from anju.tickets.models import Ticket
from tests.incidents.conftest import DARK, Team


def test_every_plan_is_whole() -> None:
    """Appendix C: each has its steps, its roles are known, its first bulletin exists where residents are told."""
    for kind, plan in plans.plans().items():
        assert [step.no for step in plan.steps] == list(range(1, len(plan.steps) + 1)), kind
        assert plan.conditions, kind
    assert sum(len(plan.steps) for plan in plans.plans().values()) == 74 + 26
    assert plans.kind_of("EL01") == "电梯困人"
    assert plans.kind_of("PE02") == ""


def test_who_presses_and_what_is_refused(team: Team) -> None:
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.open(who="张伟")
    with pytest.raises(Refused, match="PLAN_UNKNOWN"):
        team.open("地震")
    with pytest.raises(Refused, match="LEAF_NOT_EMERGENCY"):
        actions.open_incident(actions.Opening(team.community, leaf="PE02"), by=team.scope("李敏"))
    with pytest.raises(Refused, match="T0_INVALID"):
        team.open("台风暴雨", t0=clock.now() - timedelta(minutes=1))
    row = team.open(who="外包01")
    with pytest.raises(Refused, match="INCIDENT_DUP") as refused:
        team.open(place="B3-1")
    assert refused.value.data == {"no": row.no, "id": str(row.id)}
    assert [team.open(place="B5").no, row.no] == ["260302-E2", "260302-E1"]


def test_three_of_a_kind_in_ten_minutes_open_one(team: Team) -> None:
    for at, who in (("18:50", "张伟"), ("18:58", "王秀英"), ("19:00:01", "李建国")):
        team.at(at)
        team.report(DARK, who=who)
    team.at("19:00:01")
    assert Incident.objects.count() == 0
    team.at("19:02")
    late = team.report(DARK, who="陈静")
    team.at("19:02")
    row = Incident.objects.get()
    assert (row.place, row.opened_by, row.links.count()) == ("3栋", None, 3)
    late.refresh_from_db()
    assert late.master == row.links.order_by("ticket_id")[0].ticket


def test_one_more_report_joins_and_nobody_is_called_again(team: Team) -> None:
    row = team.dark()
    before = len(team.heard("刘工", "T207"))
    late = team.report(DARK, who="陈静")
    team.at("19:00:30")
    late.refresh_from_db()
    assert (late.master_id, row.links.count()) == (row.links.order_by("ticket_id")[0].ticket_id, 4)
    assert (len(team.heard("刘工", "T207")), len(team.heard("陈静", "T112"))) == (before, 1)
    assert [one.kind for one in queries.notices(team.scope("陈静"))] == ["停电"]
    assert queries.notices(team.scope("欧阳明")) == []


def test_the_first_bulletin_answers_the_tickets(team: Team) -> None:
    row = team.dark()
    master = row.links.order_by("ticket_id")[0].ticket
    assert master.clocks.get(kind="RESP").met_at is None
    team.at("19:02")
    team.say(row, "王芳")
    assert master.clocks.get(kind="RESP").met_at == clock.now()


def test_a_fault_that_comes_back(team: Team) -> None:
    row = team.dark()
    with pytest.raises(Refused, match="STATE_ORDER"):
        team.act("restore", row, conditions=True)
    team.act("control", row)
    with pytest.raises(Refused, match="CONDITIONS_OPEN"):
        team.act("restore", row, conditions=["已恢复供电"])
    team.act("restore", row, conditions=True)
    assert set(Ticket.objects.values_list("status", flat=True)) == {"PENDING_ACCEPTANCE"}
    assert row.review_due_on == date(2026, 3, 5)
    team.at("21:00:00")
    team.act("recur", row, reason="又停了")
    assert (row.state, team.grid(row)[-1]) == ("OPEN", "OPEN")
    assert set(Ticket.objects.values_list("status", flat=True)) == {"IN_PROGRESS"}
    team.ended(row)
    team.at("23:00:01")
    with pytest.raises(Refused, match="RECUR_EXPIRED"):
        team.act("recur", row)


def test_a_false_alarm_is_told_to_the_residents(team: Team) -> None:
    row = team.open("火警")
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        team.act("cancel", row, reason=" ")
    team.act("cancel", row, reason="烟感误报，已到场核实", verified_by=team.garden.staff["孙涛"])
    assert (row.state, row.verified_by and row.verified_by.name) == ("CANCELLED", "孙涛")
    assert (team.times("张伟", "T309"), team.times("张伟", "T303")) == (["09:00:00"] * 2, ["09:00:00"] * 2)
    team.at("09:40")
    assert team.grid(row) == ["OPEN"]


def test_the_rescue_of_a_lift_is_for_people_with_a_licence(team: Team) -> None:
    row = team.open("电梯困人")
    team.act("do_step", row, "孙涛", no=7, words="扒门", photo=team.photo())
    step = row.steps.get(no=7)
    assert (step.done_at, step.wrong_by and step.wrong_by.name) == (None, "孙涛")
    assert len(team.heard("周强", "T206")) == 1
    team.act("do_step", row, "电梯公司", no=7, photo=team.photo())
    for code, no, more in (
        ("STEP_DONE", 7, {}),
        ("STEP_UNKNOWN", 99, {}),
        ("EVIDENCE_REQUIRED", 3, {}),
        ("EVIDENCE_REQUIRED", 2, {}),
        ("EVIDENCE_REQUIRED", 10, {}),
    ):
        with pytest.raises(Refused, match=code):
            team.act("do_step", row, "电梯公司", no=no, **more)


def test_the_report_writes_itself(team: Team) -> None:
    row = team.dark()
    team.at("19:05")
    team.say(row, "李敏")
    team.at("19:20:01")
    found = queries.report(team.scope("周强"), row)
    late = {one.what: (one.who, one.late_s) for one in found.late}
    assert late["第2次通报"] == ("李敏", 1)
    assert late["步骤2 值班电工进入配电房，穿戴绝缘用品，查进线与断路器状态"] == ("抢修", 17 * 60 + 1)
    assert late["通报到位确认"] == ("李敏", 2 * 60)
    (reach,) = found.reach
    assert (reach.told, reach.delivered, reach.lost, found.unreachable) == (4, 4, 0, [])
    assert (found.rooms, found.people, found.met, found.missed) == (2, 4, 1, 1)


def test_review_improvements_and_the_file(team: Team) -> None:
    row = team.open()
    who = team.garden.staff["吴刚"]
    with pytest.raises(Refused, match="STATE_CONFLICT"):
        team.act("improve", row, what="备一只开关", who=who, due_on=clock.today())
    team.ended(row)
    with pytest.raises(Refused, match="STATE_ORDER"):
        team.act("close", row)
    team.act("record_review", row, words="备件不足")
    with pytest.raises(Refused, match="DUE_PAST"):
        team.act("improve", row, what="备一只开关", who=who, due_on=date(2026, 3, 1))
    team.act("improve", row, what="备一只开关", who=who, due_on=date(2026, 3, 9))
    made = row.improvements.get()
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.act("advance", row, "李敏", improvement_id=made.id, to="DOING")
    team.at("03-10 09:00")
    assert queries.shown_state(made) == "OVERDUE"
    for to, by in (("DOING", "吴刚"), ("DONE", "吴刚"), ("VERIFIED", "周强")):
        team.act("advance", row, by, improvement_id=made.id, to=to)
    with pytest.raises(Refused, match="STATE_ORDER"):
        team.act("advance", row, "周强", improvement_id=made.id, to="DOING")
    assert team.act("close", row).state == "CLOSED"


def test_a_drill_is_announced_a_day_before(team: Team) -> None:
    at = clock.parse("2026-03-04T10:00:00")
    area = [queries.area_of(team.garden.places["B3"])]
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        actions.plan_drill(team.community, kind="火警", starts_at=at, by=team.scope("李敏"))
    with pytest.raises(Refused, match="DRILL_PAST"):
        actions.plan_drill(team.community, kind="火警", starts_at=clock.now(), by=team.scope("周强"))
    drill = actions.plan_drill(
        team.community, kind="火警", starts_at=at, areas=area, place="3栋", by=team.scope("周强")
    )
    team.at("03-03 09:59:59")
    assert team.heard("张伟", "T313") == []
    team.at("03-03 10:00:00")
    assert (len(team.heard("张伟", "T313")), team.heard("欧阳明", "T313")) == (1, [])
    team.at("03-04 10:03:01")
    row = actions.start_drill(drill, by=team.scope("何勇"))
    assert queries.score_of(row).score.parts["start"] == 0
    with pytest.raises(Refused, match="DRILL_STARTED"):
        actions.start_drill(drill, by=team.scope("何勇"))


def test_the_observer_takes_no_part(team: Team) -> None:
    row = team.open(is_drill=True)
    team.act("acknowledge", row, "李敏")
    marks = {"speech": [2] * 5, "records": [1] * 10}
    with pytest.raises(Refused, match="OBSERVER_TAKES_PART"):
        team.act("mark", row, "李敏", **marks)
    with pytest.raises(Refused, match="MARKS_INVALID"):
        team.act("mark", row, "郑洁", speech=[3] * 5, records=[1] * 10)
    team.act("mark", row, "郑洁", **marks)
    assert queries.score_of(row).score.parts["speech"] == 10
    with pytest.raises(Refused, match="NOT_A_DRILL"):
        team.act("mark", team.open("停水", place="B5"), "郑洁", **marks)


def test_an_incident_is_read_in_a_constant_number_of_statements(team: Team) -> None:
    row = team.open()
    counts = []
    for at in ("09:01", "09:45"):
        team.at(at)
        team.say(row)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.board(queries.by_no(team.scope("李敏"), row.no))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nobody_reads_the_incident_of_another_community(team: Team) -> None:
    row = team.open()
    stranger = team.scope("张伟")
    with pytest.raises(Refused, match="INCIDENT_UNKNOWN"):
        queries.by_no(stranger, row.no)
    assert queries.by_no(team.scope("蔡姐"), row.no) == row
