"""On the job: proved to be there, delayed, finished (transitions e and j; AT4.3)."""

import pytest

from anju.core.geo import distance_m
from anju.estate import actions as estate
from anju.estate import labels
from tests.cast import Cast, later
from tests.tickets.steps import change, fresh, refused, taken

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}
DONE = {"result": "更换阀芯，不再滴漏"}


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
