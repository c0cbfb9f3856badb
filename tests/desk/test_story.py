"""The words of the story, the relay strip, the dials: every verb has its sentence, every clock its bar."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from anju import tickets as room
from anju.accounts.queries import names as names_of
from anju.core import clock
from anju.desk.ticket import dials, relay, story, words
from anju.journal.actions import entry
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.tickets.rules.offline import PhoneTime
from anju.ui import icons
from tests.cast import later

GEO = {"geo": {"lat": 31.0, "lng": 121.0}}


def facts(cast, ticket, who="李敏"):
    return queries.facts_of(cast.scope(who), Ticket.objects.get(id=ticket.id))


def people(cast):
    return names_of({one.id for one in cast.garden.staff.values()})


def published():
    """Verbs that the ticket room writes."""
    files = Path(room.__file__).parent.glob("actions/*.py")
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    return set(re.findall(r"event\(\s*\"(\w+)\"", source))


def test_every_verb_of_the_ticket_room_has_words():
    assert published() - set(words.SAYS) == set()


def test_every_icon_of_the_story_is_drawn():
    drawn = {icon for icon, _kind, _say in words.SAYS.values()} | {words.UNKNOWN[0], "message"}
    assert drawn - set(icons.NAMES) == set()


NOON = "2026-03-02T12:00:00+08:00"
SENTENCES = [
    ("report", {"channel": "qr"}, "报事，来源扫码"),
    ("accept", {"auto": True, "staff": "吴刚"}, "自动受理，责任人吴刚"),
    ("accept", {}, "受理"),
    ("dispatch", {"staff": "陈师傅"}, "派给陈师傅"),
    ("dispatch", {"staff": None}, "派给无人"),
    ("take", {"eta": NOON}, "接单，预计12:00到"),
    ("decline", {"reason": "AWAY"}, "拒单：不在岗"),
    ("start", {"how": "qr"}, "到场，扫码核实"),
    ("start", {"how": "button"}, "开始处理"),
    ("suspend", {"reason": "PARTS", "resume_at": NOON}, "挂起：等待配件，12:00恢复"),
    ("confirm", {"auto": True}, "到期未答复，视为验收通过"),
    ("confirm", {"call_id": "C1"}, "电话确认验收通过，录音C1"),
    ("confirm", {}, "验收通过"),
    ("close", {"code": "RATED"}, "关闭：已评价"),
    ("close", {"code": "NEW_CODE"}, "关闭：NEW_CODE"),
    ("urge", {"count": 3}, "第3次催办"),
    ("escalate", {"level": 2, "staff": "吴刚"}, "升级到2级，由吴刚负责"),
    ("merge", {"master": "260302-0001"}, "并入260302-0001"),
    ("quote", {"total_fen": 12550}, "报价125.50元"),
    ("classify", {"before": "IN04", "leaf": "PW03"}, "类别由IN04改为PW03 公共管道/阀门渗漏"),
    ("plan", {"due": NOON}, "提交方案，12:00前完成"),
    ("rule", {"lead": "ENG", "overdue": True}, "到期未裁，按表由工程部牵头"),
    ("light", {"light": "RED", "reason": "RED"}, "灯变红：未处理超2小时"),
    ("breach", {"clock": "RESP"}, "“响应”超时"),
    ("emergency", {"crew": ["陈师傅", "吴刚", "吴刚"]}, "启动应急，已呼叫陈师傅、吴刚"),
    ("emergency", {"crew": []}, "启动应急，已呼叫值班人员"),
]


@pytest.mark.parametrize(("verb", "data", "sentence"), SENTENCES)
def test_sentences(verb, data, sentence):
    names = {7: "陈师傅", 8: "吴刚"}
    ids = {name: one for one, name in names.items()}
    facts = {
        key: [ids[one] for one in value] if key == "crew" else ids.get(value, value) for key, value in data.items()
    }
    assert words.SAYS[verb][2](words.Told(facts, names, clock.now())) == sentence


@pytest.mark.django_db
class TestStory:
    """What stands in the time line."""

    def test_a_verb_from_another_room_does_not_break_it(self, cast):
        ticket = cast.report()
        row = entry("loyalty.point", subject=ticket.subject, community_id=None, by=cast.scope("李敏"), seq=99)
        row.save()
        items = story.story(cast.scope("李敏"), facts(cast, ticket), people(cast))
        assert "有一条记录" in [item.what for item in items]

    def test_what_was_done_offline_says_when_it_happened(self, cast):
        ticket = cast.report()
        cast.at("09:40")
        cast.do("note", ticket, "李敏", note_text="在地下室", phone_time=PhoneTime(clock.now() - timedelta(minutes=30)))
        items = story.story(cast.scope("李敏"), facts(cast, ticket), people(cast))
        assert [item.meta for item in items if item.say == "在地下室"] == ["离线录入，09:10发生"]

    def test_words_of_the_reporter_look_incoming_and_those_inside_internal(self, cast):
        ticket = cast.report()
        cast.do("note", ticket, "张伟", note_text="下午在家")
        cast.do("note", ticket, "李敏", note_text="业主急")
        cast.do("note", ticket, "李敏", note_text="师傅已出发", visible=True)
        items = story.story(cast.scope("李敏"), facts(cast, ticket), people(cast))
        found = {item.say: (item.who, item.what, item.kind, item.face) for item in items}
        assert found["下午在家"] == ("报事人", "补充", "dealing", "in")
        assert found["业主急"] == ("李敏", "备注", "inner", "inner")
        assert found["师傅已出发"] == ("李敏", "备注，业主可见", "dealing", "")

    def test_colleagues_told_at_once_are_one_knot(self, cast):
        cast.freeze("accept", "dispatch")
        ticket = cast.report()
        cast.at("11:00:01")
        items = story.story(cast.scope("李敏"), facts(cast, ticket), people(cast))
        red = [item for item in items if item.meta.endswith("T204")]
        assert len(red) == 1
        assert set(red[0].who.removeprefix("发给").split("、")) >= {"吴刚", "赵静"}
        assert story.tally(items)["system"] >= 4

    def test_the_last_three_that_people_did(self, cast):
        ticket = cast.in_progress()
        items = story.story(cast.scope("李敏"), facts(cast, ticket), people(cast))
        assert [item.at for item in items] == sorted(item.at for item in items)


@pytest.mark.django_db
class TestRelay:
    """Whose leg it was, and how long."""

    def legs(self, cast, ticket):
        found = relay.legs(facts(cast, ticket), people(cast))
        return [(leg.name, leg.dwell, leg.note, leg.kind) for leg in found]

    def test_from_the_desk_to_the_worker(self, cast):
        ticket = cast.in_progress(at="10:00")
        cast.at("10:30")
        assert self.legs(cast, ticket) == [
            ("客服部", "不到1分", "李敏受理 09:00", ""),
            ("工程部", "", "陈师傅到场 10:00", "run"),
        ]

    def test_waiting_is_a_leg_of_its_own(self, cast):
        ticket = cast.in_progress(at="10:00")
        cast.do("suspend", ticket, "吴刚", reason="PARTS", resume_at=later(days=1))
        assert self.legs(cast, ticket)[-1] == ("挂起", "", "等到明 10:00", "wait")
        cast.at("11:00")
        cast.do("resume", ticket, "李敏")
        assert [leg[0] for leg in self.legs(cast, ticket)] == ["客服部", "工程部", "挂起", "工程部"]

    def test_the_end_of_it(self, cast):
        ticket = cast.in_progress(at="10:00")
        cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
        assert self.legs(cast, ticket)[-1] == ("业主", "", "等确认和评价", "run")
        cast.do("confirm", ticket, "李敏", call_id="C1")
        cast.at("12:00")
        cast.do("close", ticket, "李敏")
        assert self.legs(cast, ticket)[-1][:2] == ("业主", "2时00分")

    def test_a_lock_is_red_and_the_ruling_ends_it(self, cast):
        ticket = cast.in_progress(at="10:00")
        for dept in ("CLN", "SEC"):
            cast.do("offer", ticket, "李敏", dept=dept, reason="请看")
            cast.do("receive", ticket, "周强")
        cast.do("offer", ticket, "李敏", dept="ENG", reason="又回来")
        assert self.legs(cast, ticket)[-1][0] == "锁定"
        assert self.legs(cast, ticket)[-1][3] == "lock"
        cast.do("rule", ticket, "周强", lead="ENG")
        assert self.legs(cast, ticket)[-1][0] == "工程部"


@pytest.mark.django_db
class TestDials:
    """Clocks as bars."""

    def dials(self, cast, ticket):
        found = facts(cast, ticket)
        return {one.name: one for one in dials.dials(found.ticket, found.clocks)}

    def test_running_met_and_late(self, cast):
        cast.freeze("accept", "dispatch")
        ticket = cast.report()
        cast.at("09:20")
        running = self.dials(cast, ticket)
        assert list(running) == ["响应", "到场", "未处理", "处理", "24小时"]
        assert (running["响应"].light, running["处理"].light) == ("red", "green")
        cast.do("accept", ticket, "李敏")
        met = self.dials(cast, ticket)["响应"]
        assert (met.light, met.met_at) == ("grey", clock.now())
        assert met.met_at - met.due_at == timedelta(minutes=5)

    def test_a_held_clock_has_no_deadline(self, cast):
        ticket = cast.in_progress(at="10:00")
        cast.do("suspend", ticket, "吴刚", reason="PARTS", resume_at=later(days=1))
        held = self.dials(cast, ticket)
        assert held["处理"].due_at is None
        assert held["挂起到期"].due_at is not None

    def test_what_was_met_in_time_shows_how_long_it_took(self, cast):
        ticket = cast.in_progress(at="10:00")
        arrival = self.dials(cast, ticket)["到场"]
        assert arrival.due_at is None
        assert arrival.met_at - arrival.start == timedelta(hours=1)
        assert 0.2 < arrival.share < 0.3
