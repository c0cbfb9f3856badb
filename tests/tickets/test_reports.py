"""What comes in: checked before anything is stored, in time by its appointment, limited by the day (domain file 01)."""

from datetime import timedelta

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import guest
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import ticking

P0_TEXT = "家里厨房水管爆了，水止不住"


def refused(cast: Cast, text: str = "厨房水龙头一直滴漏", **more: object) -> str:
    before = Ticket.objects.count()
    with pytest.raises(Refused) as no:
        cast.report(text, **more)
    assert Ticket.objects.count() == before
    return no.value.code


@pytest.mark.parametrize("text", ["", " ", "\u3000", "坏", "\u200b坏\u200b", "\x00"])
def test_at1_6_less_than_two_characters_are_no_description(calm: Cast, text: str) -> None:
    assert refused(calm, text) == "DESC_EMPTY"


def test_a_photo_or_a_kind_stands_for_words(calm: Cast) -> None:
    ticket = calm.report("", photos=[calm.photo()])
    assert (ticket.photo_count, ticket.status) == (1, "NEW")
    assert calm.report("", leaf="IN04").title == "龙头/阀门/软管滴漏"


def test_lengths(calm: Cast) -> None:
    assert calm.report("漏" * 1000).text == "漏" * 1000
    assert refused(calm, "漏" * 1001) == "DESC_TOO_LONG"
    photo = calm.photo()
    assert calm.report(photos=[photo] * 9).photo_count == 9
    assert refused(calm, photos=[photo] * 10) == "PHOTO_LIMIT"


@pytest.mark.parametrize("phone", ["123", "110", "1380000567", "abc"])
def test_a_phone_is_one_or_nothing(calm: Cast, phone: str) -> None:
    assert refused(calm, phone=phone) == "PHONE_INVALID"


def test_times_of_the_report(calm: Cast) -> None:
    assert refused(calm, reported_at=later(seconds=1)) == "REPORTED_AT_FUTURE"
    assert refused(calm, reported_at=later(hours=-24, seconds=-1)) == "REPORTED_AT_TOO_OLD"
    ticket = calm.report(reported_at=later(hours=-24))
    assert (ticket.late_entry, ticking(ticket, "ESC24").state) == (True, "RUNNING")
    assert refused(calm, leaf="XX99") == "LEAF_UNKNOWN"


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-2, -1), (-1, 0)])
def test_an_appointment_lies_ahead_and_has_an_end(calm: Cast, start: int, end: int) -> None:
    assert refused(calm, appointment=(later(hours=start), later(hours=end))) == "APPOINTMENT_INVALID"


def test_at1_4_an_appointment_moves_the_clocks_of_the_visit(calm: Cast) -> None:
    ticket = calm.report(appointment=(later(hours=5), later(hours=7)))
    assert [one.template for one in calm.heard("张伟")] == ["T101", "T117"]
    calm.do("accept", ticket, "李敏")
    calm.at("13:59")
    red = ticking(ticket, "RED")
    assert (red.used_s, red.base, red.state) == (0, clock.parse("2026-03-02T14:00"), "RUNNING")
    assert ticking(ticket, "ARRIVE").deadline == clock.parse("2026-03-02T16:00")
    assert ticking(ticket, "ESC24").deadline == clock.parse("2026-03-03T14:00")
    calm.at("16:00:00")
    assert Ticket.objects.get(id=ticket.id).light == "YELLOW"
    calm.at("16:00:01")
    assert Ticket.objects.get(id=ticket.id).light == "RED"


def test_an_emergency_waits_for_no_appointment(calm: Cast) -> None:
    ticket = calm.report(P0_TEXT, appointment=(later(hours=5), later(hours=7)))
    assert {name: ticking(ticket, name).deadline for name in ("ARRIVE", "RED", "ESC24")} == {
        "ARRIVE": later(minutes=30),
        "RED": later(hours=2),
        "ESC24": later(hours=24),
    }
    assert {one.template for one in calm.heard("张伟")} == {"T121"}


def test_ten_a_day_and_emergencies_besides(calm: Cast) -> None:
    for number in range(9):
        calm.report(f"家里插座坏了{number}")
    calm.report(P0_TEXT)
    calm.report("家里插座坏了9")
    assert refused(calm) == "TOO_MANY"
    calm.report(P0_TEXT)
    calm.report(who="王秀英")
    calm.report(who="李敏", room="3-1-1203")  # an employee reports for as many as call
    calm.at("03-03 00:00")
    calm.report()


def test_a_passer_by_is_counted_by_the_number_he_left(calm: Cast) -> None:
    def scan(**more: object) -> Ticket:
        place = calm.garden.places["GARDEN"]
        asked = tickets.Report(community=calm.community, text="路灯不亮了", place=place, channel="qr", **more)
        return tickets.report(asked, by=guest())

    calm.freeze("merge")
    for _time in range(10):
        scan(phone="13912345678")
    with pytest.raises(Refused, match="TOO_MANY"):
        scan(phone="139 1234 5678")
    assert scan().reporter_hash == ""  # without a number the door counts


def test_numbers_of_a_day_have_no_gap(calm: Cast) -> None:
    assert [calm.report(f"家里插座坏了{n}").no for n in range(3)] == [f"260302-000{n}" for n in (1, 2, 3)]
    refused(calm, "坏")
    calm.at("03-03 00:00")
    assert calm.report().no == "260303-0001"


def test_the_first_who_hears_of_it_is_the_first_contact(calm: Cast) -> None:
    ticket = calm.report(who="孙涛", room=None, place="B3-1")
    assert (ticket.first_contact.name, ticket.accountable.name, ticket.asked_at) == ("孙涛", "李敏", None)
    recorded = calm.report(who="王芳", room="3-1-0803")
    assert (recorded.first_contact.name, recorded.accountable.name) == ("王芳", "王芳")
    assert calm.report().first_contact is None


def test_the_agent_who_records_it_has_answered(cast: Cast) -> None:
    ticket = cast.report(who="李敏", room="3-1-1203")
    assert (ticket.status, ticking(ticket, "RESP").state) == ("DISPATCHED", "MET")
    later_one = cast.report(who="孙涛", room="3-1-0803")
    assert (later_one.status, ticking(later_one, "RESP").state) == ("DISPATCHED", "RUNNING")


def test_merged_at_the_same_place_only(cast: Cast) -> None:
    head = cast.report("楼道灯坏了", place="B3-1")
    assert cast.report("楼道灯还是不亮", who="王秀英", place="B3-1").master_id == head.id
    assert cast.report("楼道灯坏了", who="欧阳明", place="B5-2").master_id is None
    assert cast.report().master_id is None
    assert cast.report(who="王秀英").master_id is None  # homes are never merged


def test_on_a_day_off_somebody_answers_all_the_same(calm: Cast) -> None:
    for name, keeper in (("李敏", "外包01"), ("外包01", "赵静"), ("赵静", "何勇"), ("何勇", "周强")):
        calm.garden.members["外包01"].on_shift = name == "李敏"
        calm.garden.members["外包01"].save()
        row = calm.garden.members[name]
        row.on_shift = False
        row.save()
        if name == "何勇":
            calm.garden.members["赵静"].delete()
        assert calm.report(f"家里插座坏了{name}").accountable.name == keeper


def test_hours_of_the_clocks_are_those_of_the_community(calm: Cast) -> None:
    calm.community.config |= {"sla.response_min": 20, "sla.red_min": 60, "sla.escalate_h": 48}
    calm.community.save()
    ticket = calm.report()
    assert [ticking(ticket, name).duration_s for name in ("RESP", "RED", "ESC24")] == [1200, 3600, 172_800]
    calm.community.config |= {"sla.red_min": 30}
    calm.community.save()
    calm.at("09:59")
    assert ticking(ticket, "RED").deadline == ticket.reported_at + timedelta(hours=1)  # running clocks keep theirs
