"""Being there, being late, standing in, swapping: to the second (R2.8)."""

import pytest

from anju.accounts.models import Membership
from anju.core import clock
from anju.core.scope import SYSTEM
from anju.duty import actions, queries
from anju.duty.models import Turn
from anju.estate import queries as estate
from anju.estate.labels import signed
from anju.journal.models import Entry
from tests.duty.conftest import Teams
from tests.duty.test_roster import refused

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}


@pytest.fixture
def morning(published: Teams) -> Teams:
    """Wednesday 18 March, ten to eight."""
    published.at("03-18 07:50")
    return published


def arrive(teams: Teams, post: str = "water", shift: str = "早", day: int = 18) -> Turn:
    name = teams.who(post, shift, day)
    return actions.check_in(teams.turn(name, day), by=teams.scope(name), proof=HERE)


def test_from_fifteen_minutes_before(published: Teams):
    published.at("03-18 07:44:59")
    refused("CHECK_IN_EARLY", arrive, published)
    published.at("03-18 07:45:00")
    row = arrive(published)
    assert (row.state, row.how, row.checked_in_at) == ("CHECKED_IN", "geo", clock.now())
    assert Entry.objects.get(verb="duty.checked_in").data["late_s"] == 0
    assert Membership.objects.get(staff=row.staff).on_shift
    assert arrive(published).checked_in_at == row.checked_in_at  # pressed twice


def test_a_proof_is_the_code_of_the_post_or_a_position(morning: Teams):
    name = morning.who("guard", "早", 18)
    turn, by = morning.turn(name, 18), morning.scope(name)
    refused("PROOF_REQUIRED", actions.check_in, turn, by=by)
    refused("QR_INVALID", actions.check_in, turn, by=by, proof={"qr": "forged"})
    gate = morning.garden.places["N-GATE"]
    turn.post.place = gate
    turn.post.save()
    codes = {one.place.code: signed(one.code) for one in estate.labels(SYSTEM, morning.community.id) if one.place}
    refused("QR_OTHER_PLACE", actions.check_in, turn, by=by, proof={"qr": codes["PUMP"]})
    gate.lat, gate.lng = 31.0, 121.0
    gate.save()
    refused("GEO_TOO_FAR", actions.check_in, turn, by=by, proof={"geo": {"lat": 31.003, "lng": 121.0}})
    refused("GEO_INVALID", actions.check_in, turn, by=by, proof={"geo": {"lat": "x"}})
    assert actions.check_in(turn, by=by, proof={"qr": codes["N-GATE"]}).how == "qr"


def test_others_are_checked_in_by_a_leader_only(morning: Teams):
    turn = morning.turn(morning.who("water", "早", 18), 18)
    refused("NOT_ALLOWED", actions.check_in, turn, by=morning.scope(morning.who("guard", "早", 18)), proof=HERE)
    assert actions.check_in(turn, by=morning.scope("吴刚")).how == "desk"


def test_five_minutes_late_the_supervisor_knows_after_fifteen_the_manager(morning: Teams):
    for post in ("seat", "electric", "guard"):
        arrive(morning, post)
    name = morning.who("water", "早", 18)
    manager = morning.who("manager", "值", 18)
    since = clock.now()

    def heard(who: str) -> list[str]:
        return [f"{clock.local(one.at):%H:%M:%S}" for one in morning.heard(who, "T211") if one.at > since]

    morning.at("03-18 08:05:00")
    assert heard("吴刚") == []
    morning.at("03-18 08:05:01")
    assert heard("吴刚") == ["08:05:01"]
    assert "早班岗位值班水工无人到岗" in morning.heard("吴刚", "T211")[-1].body
    morning.at("03-18 08:15:00")
    turn = morning.turn(name, 18)
    assert turn.state == "PUBLISHED"
    morning.at("03-18 08:15:01")
    turn.refresh_from_db()
    assert turn.state == "ABSENT"
    assert "08:15:01" in heard(manager)
    refused("TURN_STATE", actions.check_in, turn, by=morning.scope(name), proof=HERE)


def test_late_but_there(morning: Teams):
    morning.at("03-18 08:09:30")
    arrive(morning)
    assert Entry.objects.get(verb="duty.checked_in").data["late_s"] == 570
    morning.at("03-18 08:20")
    assert morning.turn(morning.who("water", "早", 18), 18).state == "CHECKED_IN"


def test_a_stand_in_takes_what_is_left_and_has_the_certificate(morning: Teams):
    absent = morning.turn(morning.who("electric", "早", 18), 18)
    resting = [
        name for name in ("高工", "刘工", "许工", "韩工") if not Turn.objects.filter(staff__name=name, day="2026-03-18")
    ]
    morning.at("03-18 08:15:01")
    by = morning.scope("何勇")
    refused("SWAP_CERT_MISMATCH", actions.stand_in, absent, to=morning.garden.staff["马师傅"], by=by)
    refused("NOT_ALLOWED", actions.stand_in, absent, to=morning.garden.staff[resting[0]], by=morning.scope("陈师傅"))
    new = actions.stand_in(absent, to=morning.garden.staff[resting[0]], by=by)
    assert (new.extra, new.pay_rate, new.instead_of_id, new.begin_at) == (True, 150, absent.id, clock.now())
    assert actions.check_in(new, by=morning.scope(resting[0]), proof=HERE).state == "CHECKED_IN"


def test_a_guarded_post_is_not_left_before_the_relief(morning: Teams):
    first = arrive(morning, "guard")
    morning.at("03-18 16:10")  # nobody of the next shift has come
    refused("POST_GUARDED", actions.check_out, first, by=morning.scope(first.staff.name))
    morning.at("03-18 17:10")
    first.refresh_from_db()
    assert first.state == "CHECKED_IN"  # nobody ends it for him
    absent = Turn.objects.get(post__code="guard", shift__code="中", day="2026-03-18")
    relief = actions.stand_in(absent, to=morning.garden.staff["何勇"], by=morning.scope("周强"))
    actions.check_in(relief, by=morning.scope("何勇"), proof=HERE)
    assert actions.check_out(first, by=morning.scope(first.staff.name)).state == "DONE"


def test_over_half_an_hour_after_its_end_by_itself(morning: Teams):
    row = arrive(morning)
    morning.at("03-18 16:29:59")
    row.refresh_from_db()
    assert row.state == "CHECKED_IN"
    morning.at("03-18 16:30:00")
    row.refresh_from_db()
    assert (row.state, Membership.objects.get(staff=row.staff).on_shift) == ("DONE", False)


def swap_of(teams: Teams, turn: Turn, to: str, back: Turn | None = None):
    swap = actions.ask_swap(turn, to=teams.garden.staff[to], back=back, by=teams.scope(turn.staff.name))
    actions.agree_swap(swap, agree=True, by=teams.scope(to))
    return swap


def test_a_swap_is_agreed_then_approved(published: Teams):
    turn = published.turn(published.who("guard", "早", 18), 18)
    mine, leader = published.scope(turn.staff.name), published.scope("吴刚")
    refused("NOT_ALLOWED", actions.ask_swap, turn, to=published.garden.staff["蔡姐"], by=published.scope("高工"))
    swap = actions.ask_swap(turn, to=published.garden.staff["蔡姐"], by=mine)
    refused("SWAP_WAITING", actions.ask_swap, turn, to=published.garden.staff["陈师傅"], by=mine)
    refused("DECIDED", actions.decide_swap, swap, approve=True, by=leader)
    refused("NOT_ALLOWED", actions.agree_swap, swap, agree=True, by=mine)
    actions.agree_swap(swap, agree=True, by=published.scope("蔡姐"))
    refused("NOT_ALLOWED", actions.decide_swap, swap, approve=True, by=mine)
    actions.decide_swap(swap, approve=True, by=leader)
    turn.refresh_from_db()
    new = Turn.objects.get(instead_of=turn)
    assert (turn.state, new.staff.name, new.state, new.extra, new.pay_rate) == (
        "SWAPPED",
        "蔡姐",
        "PUBLISHED",
        True,
        150,
    )
    assert queries.check(published.scope("韩梅"), published.community, turn.day, turn.day).gaps == []


def test_a_swap_holds_certificates_and_rest(published: Teams):
    leader = published.scope("吴刚")
    electric = published.turn(published.who("electric", "早", 18), 18)
    refused("SWAP_CERT_MISMATCH", actions.decide_swap, swap_of(published, electric, "蔡姐"), approve=True, by=leader)
    early = published.turn(published.who("water", "早", 19), 19)
    late = published.turn(published.who("water", "中", 19), 19)
    swap = swap_of(published, early, late.staff.name, late)
    refused("REST_TOO_SHORT", actions.decide_swap, swap, approve=True, by=leader)
    assert {published.turn(one.staff.name, 19).state for one in (early, late)} == {"PUBLISHED"}


def test_only_published_turns_to_come_are_swapped(morning: Teams):
    turn = arrive(morning)
    refused("SWAP_INVALID", actions.ask_swap, turn, to=morning.garden.staff["蔡姐"], by=morning.scope(turn.staff.name))
