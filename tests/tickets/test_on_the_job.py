"""On the job: offered, taken, proved to be there, delayed, finished (transitions b–g, e, j)."""

import pytest

from anju.core.errors import Refused
from anju.estate import actions as estate
from anju.estate import labels
from anju.tickets import queries
from anju.tickets.actions import proposing
from anju.tickets.actions.working import distance_m
from anju.tickets.models import Ticket
from tests.cast import Cast, later

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}
DONE = {"result": "更换阀芯，不再滴漏"}


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(id=ticket.id)


def refused(cast: Cast, action: str, ticket: Ticket, who: str, **more: object) -> str:
    before = fresh(ticket).version
    with pytest.raises(Refused) as no:
        cast.do(action, ticket, who, **more)
    assert fresh(ticket).version == before
    return no.value.code


def change(cast: Cast, name: str, **columns: object) -> None:
    row = cast.garden.members[name]
    for column, value in columns.items():
        setattr(row, column, value)
    row.save()


@pytest.fixture
def calm(cast: Cast) -> Cast:
    cast.freeze("accept", "dispatch")
    return cast


def accepted(cast: Cast, **more: object) -> Ticket:
    return cast.do("accept", cast.report(**more), "李敏")


def offered(cast: Cast, **more: object) -> Ticket:
    return cast.do("dispatch", accepted(cast, **more), "李敏", to="陈师傅")


def taken(cast: Cast, **more: object) -> Ticket:
    return cast.do("take", offered(cast, **more), "陈师傅", eta=30)


# --- offering and taking --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "code"),
    [("马师傅", "NOT_ON_DUTY"), ("高工", "SKILL_MISSING"), ("孙涛", "OTHER_DEPT"), ("电梯公司", "OTHER_DEPT")],
)
def test_by_hand_only_to_whom_the_rules_allow(calm: Cast, who: str, code: str) -> None:
    assert refused(calm, "dispatch", accepted(calm), "李敏", to=who) == code


def test_electricity_asks_for_the_certificate_valid_today(calm: Cast) -> None:
    ticket = accepted(calm, text="家里插座坏了", leaf="IN02")
    calm.garden.staff["高工"].certificates.get().delete()
    assert refused(calm, "dispatch", ticket, "李敏", to="高工") == "CERT_REQUIRED"
    assert refused(calm, "dispatch", ticket, "李敏") == "NO_CANDIDATE"


def test_somebody_of_another_office_is_unknown(calm: Cast) -> None:
    ticket = accepted(calm)
    calm.garden.members["陈师傅"].delete()
    assert refused(calm, "dispatch", ticket, "李敏", to="陈师傅") == "STAFF_UNKNOWN"


def test_the_rules_choose_when_nobody_is_named(calm: Cast) -> None:
    ticket = calm.do("dispatch", accepted(calm), "李敏")
    assert (ticket.handler.name, ticket.dispatch_why["others"]) == ("陈师傅", 0)


def test_at4_1_the_first_of_two_has_it(calm: Cast) -> None:
    change(calm, "马师傅", on_shift=True)
    ticket = offered(calm)
    calm.do("take", ticket, "马师傅", eta=10)
    assert fresh(ticket).handler.name == "马师傅"
    assert refused(calm, "take", ticket, "陈师傅", eta=10) == "ALREADY_TAKEN"


def test_the_vendor_who_comes_second_is_told_so(calm: Cast) -> None:
    ticket = calm.report("电梯突然往下掉了一截，吓死人", asset="EL-0301-1")
    calm.do("accept", ticket, "李敏")
    calm.do("dispatch", ticket, "李敏", to="高工")
    calm.do("take", ticket, "高工", eta=10)
    assert refused(calm, "take", ticket, "电梯公司", eta=10) == "ALREADY_TAKEN"
    assert queries.by_no(calm.scope("电梯公司"), ticket.no, taking=True).id == ticket.id
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        queries.by_no(calm.scope("电梯公司"), ticket.no)


def test_the_vendor_is_asked_through_the_last_day_of_the_contract(calm: Cast) -> None:
    calm.at("23:00")
    asset = calm.garden.assets["EL-0301-1"]
    asset.vendor_until = calm.garden.assets["EL-0301-1"].vendor_until.replace(month=3, day=2)
    asset.save()
    for moment, vendor in (("23:30", "电梯公司"), ("03-03 00:30", None)):
        calm.at(moment)
        calm.freeze("merge")
        ticket = calm.report("电梯突然往下掉了一截，吓死人", asset="EL-0301-1")
        calm.do("accept", ticket, "李敏")
        calm.do("dispatch", ticket, "李敏", to="高工")
        assert (ticket.co_offer.name if ticket.co_offer else None) == vendor


@pytest.mark.parametrize(
    ("eta", "code"), [(None, "ETA_REQUIRED"), (-1, "ETA_PAST"), (43_201, "ETA_PAST"), (10**15, "ETA_PAST")]
)
def test_whoever_takes_it_says_when_he_comes(calm: Cast, eta: int | None, code: str) -> None:
    assert refused(calm, "take", offered(calm), "陈师傅", eta=eta) == code


def test_a_moment_is_as_good_as_minutes(calm: Cast) -> None:
    assert calm.do("take", offered(calm), "陈师傅", eta=later(days=30)).promised_at == later(days=30)


def test_one_who_could_not_have_been_asked_cannot_take_it(calm: Cast) -> None:
    assert refused(calm, "take", offered(calm), "马师傅", eta=10) == "NOT_OFFERED"  # not on duty
    assert refused(calm, "take", offered(calm), "孙涛", eta=10) == "NOT_ALLOWED"  # another department


@pytest.mark.parametrize(("reason", "code"), [("", "REASON_REQUIRED"), ("不想去", "REASON_REQUIRED")])
def test_declining_takes_a_reason_of_the_list(calm: Cast, reason: str, code: str) -> None:
    assert refused(calm, "decline", offered(calm), "陈师傅", reason=reason) == code


def test_only_the_one_asked_declines_and_is_not_asked_again(calm: Cast) -> None:
    change(calm, "马师傅", on_shift=True)
    ticket = offered(calm)
    assert refused(calm, "decline", ticket, "马师傅", reason="在途") == "NOT_OFFERED"
    calm.do("decline", ticket, "陈师傅", reason="SKILL")
    assert (fresh(ticket).status, fresh(ticket).handler) == ("ACCEPTED", None)
    assert calm.do("dispatch", ticket, "李敏").handler.name == "马师傅"


def test_the_third_decline_of_a_day_reaches_the_supervisor(calm: Cast) -> None:
    for number in range(4):
        ticket = offered(calm, text=f"水龙头滴漏{number}")
        calm.do("decline", ticket, "陈师傅", reason="在途")
        assert len(calm.heard("吴刚", "T203")) == max(0, number - 1)
    calm.at("03-03 08:30")
    before = len(calm.heard("吴刚", "T203"))
    calm.do("decline", offered(calm), "陈师傅", reason="在途")
    assert len(calm.heard("吴刚", "T203")) == before


def test_giving_back(calm: Cast) -> None:
    ticket = taken(calm)
    change(calm, "马师傅", on_shift=True)
    assert refused(calm, "return", ticket, "马师傅", reason="缺工具") == "NOT_ALLOWED"
    assert refused(calm, "return", ticket, "陈师傅", reason=" ") == "REASON_REQUIRED"
    urgent = taken(calm, text="家里厨房水管爆了，水止不住")
    assert refused(calm, "return", urgent, "陈师傅", reason="缺工具") == "P0_NO_RETURN"
    change(calm, "吴刚", roles=["SUP", "WK"])
    assert refused(calm, "return", ticket, "吴刚", reason="缺工具") == "NOT_YOURS"


def test_passing_on_inside_the_department(calm: Cast) -> None:
    ticket = taken(calm)
    assert refused(calm, "transfer", ticket, "吴刚", to="陈师傅") == "SAME_HANDLER"
    assert refused(calm, "transfer", ticket, "吴刚", to="孙涛") == "OTHER_DEPT"
    change(calm, "马师傅", on_shift=True)
    calm.do("transfer", ticket, "吴刚", to="马师傅")
    now = fresh(ticket)
    assert (now.status, now.handler.name, now.promised_at, len(calm.heard("马师傅", "T201"))) == (
        "DISPATCHED",
        "马师傅",
        None,
        1,
    )


def test_who_could_have_it_and_why_the_others_cannot(calm: Cast) -> None:
    change(calm, "陈师傅", skills=["IN04"])
    change(calm, "马师傅", on_shift=True)
    ticket = accepted(calm)
    Ticket.objects.filter(id=ticket.id).update(passed_by=[calm.garden.staff["马师傅"].id])
    found = proposing.propose(fresh(ticket), by=calm.scope("李敏"))
    assert [one.worker.name for one in found.candidates] == ["陈师傅"]
    assert {worker.name: code for worker, code in found.others} == {
        "马师傅": "PASSED",
        "高工": "SKILL_MISSING",
        "刘工": "NOT_ON_DUTY",
    }
    assert (found.leader.name, found.loads.get(calm.garden.staff["陈师傅"].id, 0)) == ("吴刚", 0)


def test_whoever_has_eight_gets_no_more(calm: Cast) -> None:
    for number in range(8):
        taken(calm, text=f"水龙头滴漏{number}")
    ticket = accepted(calm, who="王秀英")
    found = proposing.propose(ticket, by=calm.scope("李敏"))
    assert (found.candidates, [code for worker, code in found.others if worker.name == "陈师傅"]) == ([], ["FULL"])


# --- being there ----------------------------------------------------------------------------------------------------
def test_the_code_of_the_stairs_the_place_or_the_thing_proves_it(calm: Cast) -> None:
    def code(thing: object) -> dict[str, str]:
        return {"qr": labels.signed(estate.label_of(thing).code)}

    places, assets = calm.garden.places, calm.garden.assets
    ticket = taken(calm)
    assert refused(calm, "start", ticket, "陈师傅", proof={"qr": "nonsense"}) == "QR_INVALID"
    assert refused(calm, "start", ticket, "陈师傅", proof=code(places["B5-2"])) == "QR_OTHER_PLACE"
    assert refused(calm, "start", ticket, "陈师傅", proof=code(places["G-B1"])) == "QR_OTHER_PLACE"
    calm.do("start", ticket, "陈师傅", proof=code(places["B3-1-L"]))
    lift = calm.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    calm.do("accept", lift, "李敏")
    calm.do("dispatch", lift, "李敏", to="高工")
    calm.do("take", lift, "高工", eta=5)
    assert refused(calm, "start", lift, "高工", proof=code(assets["EL-0502-1"])) == "QR_OTHER_PLACE"
    assert calm.do("start", lift, "高工", proof=code(assets["EL-0301-1"])).status == "IN_PROGRESS"


def test_a_code_of_another_community_is_none(calm: Cast) -> None:
    far = estate.community(code="far", name="远方", sign="物业", hotline="400-800-0000")
    label = estate.label_of(estate.place(far, "X", "大堂", "大堂"))
    assert (
        refused(calm, "start", taken(calm), "陈师傅", proof={"qr": labels.signed(label.code)}) == "QR_OTHER_COMMUNITY"
    )


def test_without_any_place_every_code_will_do(calm: Cast) -> None:
    ticket = taken(calm, who="李敏", room=None)
    label = estate.label_of(calm.garden.places["GARDEN"])
    assert calm.do("start", ticket, "陈师傅", proof={"qr": labels.signed(label.code)}).status == "IN_PROGRESS"


@pytest.mark.parametrize(
    "geo", [{}, {"lat": 1}, {"lat": "x", "lng": 1}, {"lat": 91, "lng": 0}, {"lat": float("nan"), "lng": 0}, [1], "x"]
)
def test_an_odd_position_is_none(calm: Cast, geo: object) -> None:
    expected = "PROOF_REQUIRED" if not geo else "GEO_INVALID"
    assert refused(calm, "start", taken(calm), "陈师傅", proof={"geo": geo}) == expected


def test_two_hundred_metres_of_a_place_five_hundred_of_the_community(calm: Cast) -> None:
    gate = calm.garden.places["N-GATE"]
    gate.lat, gate.lng = 31.0, 121.0
    gate.save()
    calm.community.lat, calm.community.lng = 31.0, 121.0
    calm.community.save()
    home, there = taken(calm), taken(calm, text="门岗水龙头滴漏", place="N-GATE", leaf="PW03")
    degree = 111_194.9  # metres of a degree of latitude
    assert (
        refused(calm, "start", there, "陈师傅", proof={"geo": {"lat": 31.0 + 201 / degree, "lng": 121.0}})
        == "GEO_TOO_FAR"
    )
    assert (
        refused(calm, "start", home, "陈师傅", proof={"geo": {"lat": 31.0 + 501 / degree, "lng": 121.0}})
        == "GEO_TOO_FAR"
    )
    calm.do("start", there, "陈师傅", proof={"geo": {"lat": 31.0 + 199 / degree, "lng": 121.0}})
    calm.do("start", home, "陈师傅", proof={"geo": {"lat": 31.0 + 499 / degree, "lng": 121.0}})


def test_distances() -> None:
    assert distance_m(31.0, 121.0, 31.0, 121.0) == 0
    assert round(distance_m(0, 0, 0, 180) / 1000) == 20_015
    assert round(distance_m(31.2304, 121.4737, 39.9042, 116.4074) / 1000) == 1067  # Shanghai to Beijing


def test_a_photo_proves_it_until_somebody_looks(calm: Cast) -> None:
    ticket = taken(calm)
    assert refused(calm, "start", ticket, "陈师傅") == "PROOF_REQUIRED"
    calm.do("start", ticket, "陈师傅", photo=calm.photo())
    assert [one.stage for one in ticket.photos.all()] == ["BEFORE"]


def test_only_the_one_who_has_it(calm: Cast) -> None:
    change(calm, "吴刚", roles=["SUP", "WK"])
    ticket = taken(calm)
    assert refused(calm, "start", ticket, "吴刚", proof=HERE) == "NOT_YOURS"
    calm.do("start", ticket, "陈师傅", proof=HERE)
    assert refused(calm, "finish", ticket, "吴刚", **DONE) == "NOT_YOURS"
    assert refused(calm, "delay", ticket, "吴刚", eta=later(hours=1), reason="等配件") == "NOT_YOURS"


def test_an_office_matter_begins_with_a_button(calm: Cast) -> None:
    ticket = calm.do("accept", calm.report("想办一张门禁卡", leaf="AC04"), "李敏")
    calm.do("dispatch", ticket, "李敏", to="李敏")
    calm.do("take", ticket, "李敏", eta=0)
    calm.do("start", ticket, "李敏")
    assert calm.do("finish", ticket, "李敏", result="已开卡并交给本人").status == "PENDING_ACCEPTANCE"


# --- until it is done -----------------------------------------------------------------------------------------------
def test_later_than_promised(calm: Cast) -> None:
    ticket = taken(calm)
    assert refused(calm, "delay", ticket, "陈师傅", eta=later(hours=1), reason=" ") == "REASON_REQUIRED"
    assert refused(calm, "delay", ticket, "陈师傅", eta=later(seconds=0), reason="等配件") == "ETA_PAST"
    calm.do("delay", ticket, "陈师傅", eta=later(hours=1), reason="等配件")
    assert (fresh(ticket).promised_at, len(calm.heard("张伟", "T104"))) == (later(hours=1), 1)


@pytest.mark.parametrize(("result", "code"), [("修好了", "RESULT_REQUIRED"), ("换好阀芯", "RESULT_REQUIRED")])
def test_done_is_said_in_five_characters(calm: Cast, result: str, code: str) -> None:
    ticket = calm.do("start", taken(calm), "陈师傅", proof=HERE)
    assert refused(calm, "finish", ticket, "陈师傅", result=result, photos=[calm.photo()]) == code


def test_at4_3_a_repair_is_shown(calm: Cast) -> None:
    ticket = calm.do("start", taken(calm), "陈师傅", proof=HERE)
    assert refused(calm, "finish", ticket, "陈师傅", **DONE) == "PHOTO_REQUIRED"
    assert refused(calm, "finish", ticket, "陈师傅", **DONE, photos=[calm.photo()] * 10) == "PHOTO_LIMIT"
    calm.do("finish", ticket, "陈师傅", **DONE, photos=[calm.photo()])
    calm.at("09:01")
    calm.do("reject", ticket, "张伟", reason="还在滴")
    assert refused(calm, "finish", ticket, "陈师傅", **DONE) == "PHOTO_REQUIRED"  # the first picture proves nothing now


def test_a_photo_of_another_community_is_not_hung_here(calm: Cast) -> None:
    photo = calm.photo()
    type(photo).objects.filter(id=photo.id).update(community_id=1)
    photo.refresh_from_db()
    ticket = calm.do("start", taken(calm), "陈师傅", proof=HERE)
    assert refused(calm, "finish", ticket, "陈师傅", **DONE, photos=[photo]) == "MEDIA_TYPE"
