"""What is written about a ticket reaches whom it is for, by the way that fits him (N3, N6–N8, R5.6)."""

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.journal.models import Entry
from anju.notify.models import Delivery
from anju.tickets import queries
from anju.tickets.models import Ticket
from tests.cast import Cast

WORDS = "阀门已关，下午3点前换好，电费涨5%的事请看附件"


def entry(verb: str) -> Entry:
    return Entry.objects.get(verb=f"tickets.{verb}")


def told(template: str) -> list[tuple[str, str, str]]:
    rows = Delivery.objects.filter(template=template).order_by("id")
    return [(row.channel, row.state, row.reason) for row in rows]


def test_a_reply_stands_on_his_page_word_for_word_and_he_hears_that_it_does(calm: Cast) -> None:
    ticket = calm.report()
    calm.do("reply", ticket, "李敏", reply_text=f"{WORDS}\n再见")
    row = entry("reply")
    assert (row.note, row.visible, row.data["told"]) == (f"{WORDS}\n再见", True, True)
    heard = calm.heard("张伟", "T123")
    assert [one.body for one in heard] == [
        f"关于工单{ticket.no}，李客服给您写了答复，请在报事进度页查看。如需帮助请致电400-800-1234"
    ]
    assert "阀门" not in heard[0].body
    seen = queries.facts_of(calm.scope("张伟"), Ticket.objects.get(id=ticket.id)).entries
    assert f"{WORDS}\n再见" in [one.note for one in seen]


def test_what_was_not_delivered_by_wechat_follows_by_sms_without_the_words(calm: Cast) -> None:
    ticket = calm.report()
    Ticket.objects.filter(id=ticket.id).update(reporter_wechat=False)
    calm.do("reply", ticket, "李敏", reply_text=WORDS)
    assert told("T123") == [("S", "QUEUED", "")]
    calm.do("reply", ticket, "李敏", reply_text="还有一句")
    assert told("T123")[1] == ("S", "SUPPRESSED", "REPEAT"), "he was told a moment ago that there is something to read"


def test_a_passer_by_without_a_number_is_told_nothing(calm: Cast) -> None:
    ticket = calm.report(who="李敏", phone="")
    calm.do("reply", ticket, "李敏", reply_text=WORDS)
    assert (entry("reply").data["told"], told("T123")) == (False, [])
    assert queries.reply_outlook(ticket) is None


def test_at_night_he_hears_it_in_the_morning_unless_he_asked_tonight(calm: Cast) -> None:
    ticket, other = calm.report(), calm.report("门锁坏了")
    calm.at("23:00")
    assert clock.iso(queries.reply_outlook(Ticket.objects.get(id=ticket.id)).at)[8:16] == "03T08:00"
    calm.do("reply", ticket, "王芳", reply_text=WORDS)
    calm.do("note", other, "张伟", note_text="现在还能修吗")
    calm.do("reply", other, "王芳", reply_text=WORDS)
    moments = Delivery.objects.filter(template="T123").order_by("id").values_list("queued_at", flat=True)
    assert [f"{clock.local(one):%d %H:%M}" for one in moments] == ["03 08:00", "02 23:00"]


def test_the_outlook_says_what_will_happen(calm: Cast) -> None:
    ticket = calm.report()
    found = queries.reply_outlook(ticket)
    assert (found.channel, found.sms_follows, found.sms_left) == ("W", True, None)
    ticket.reporter_wechat = False
    assert queries.reply_outlook(ticket).sms_left == 5
    Delivery.objects.update(channel="S")
    spent = Delivery.objects.filter(to_kind="person", to_id=ticket.reporter_id).count()
    assert 0 < spent < 5
    found = queries.reply_outlook(ticket)
    assert (found.channel, found.sms_follows, found.sms_left) == ("S", False, 5 - spent)
    ticket.community.sign = ""
    assert queries.reply_outlook(ticket).channel == "", "no signature, no SMS (N5)"


def test_merged_reporters_hear_nothing_of_what_one_of_them_was_told(calm: Cast) -> None:
    first = calm.report("楼道灯坏了", place="B3-1")
    calm.report("楼道灯不亮", place="B3-1", who="王秀英")
    calm.do("reply", first, "李敏", reply_text=WORDS)
    assert len(calm.heard("张伟", "T123")) == 1
    assert calm.heard("王秀英", "T123") == []


def test_whoever_has_the_job_is_told_and_reads_it(calm: Cast) -> None:
    ticket = calm.report()
    with pytest.raises(Refused) as refused:
        calm.do("contact", ticket, "李敏", contact_text="请先回电")
    assert refused.value.code == "STATE_CONFLICT", "nobody has it yet"
    calm.do("accept", ticket, "李敏")
    calm.do("dispatch", ticket, "李敏", to="陈师傅")
    calm.do("contact", ticket, "李敏", contact_text="业主电话13800005678，请先回电")
    assert [one.body for one in calm.heard("陈师傅", "T216")] == [
        f"工单{ticket.no}，李客服给您留了言，请打开工单查看并回话"
    ]
    assert (entry("contact").visible, entry("contact").data["told"]) == (False, True)


@pytest.mark.parametrize("words", ["", " \u200b ", "长" * 1001])
def test_nothing_and_too_much_are_refused_and_nobody_is_told(calm: Cast, words: str) -> None:
    ticket = calm.report()
    with pytest.raises(Refused) as refused:
        calm.do("reply", ticket, "李敏", reply_text=words)
    assert "text" in refused.value.fields
    assert told("T123") == []


@pytest.mark.parametrize(
    ("who", "code"), [("陈师傅", "NOT_ALLOWED"), ("外包01", "NOT_ALLOWED"), ("张伟", "NOT_ALLOWED")]
)
def test_only_the_desk_writes_to_the_owner(calm: Cast, who: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        calm.do("reply", calm.report(), who, reply_text=WORDS)
    assert refused.value.code == code
