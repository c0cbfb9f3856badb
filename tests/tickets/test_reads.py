"""What each asker reads: every scope against every ticket, words found, lists, pictures, stories."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.accounts.access import PERMISSIONS
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Kind, Scope, guest
from anju.estate import actions as estate
from anju.tickets import access, queries
from anju.tickets import actions as tickets
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.vault.blind import sign
from tests.cast import Cast

ROLES = ("CS", "CSS", "WK", "SUP", "DM", "PM", "FIN", "QLT", "COMP", "HR", "OUT", "VEND", "OC", "ADM")
HERE = {"geo": {"lat": 31.0, "lng": 121.0}}


@pytest.fixture
def two_offices(calm: Cast) -> tuple[Cast, int]:
    """Tickets in all states here, one in another community; returns the id of that community."""
    for number, status in enumerate(Status):
        ticket = calm.report(f"楼道灯坏了{number}", who=("张伟", "孙涛")[number % 2], room="3-1-1203")
        Ticket.objects.filter(id=ticket.id).update(
            status=status,
            lead_dept=("ENG", "SEC")[number % 2],
            handler=calm.garden.staff[("陈师傅", "丁浩")[number % 2]] if number % 3 else None,
        )
    far = estate.community(code="far", name="远方", sign="物业", hotline="400-800-0000")
    tickets.report(tickets.Report(community=far, text="远方的水龙头滴漏"), by=SYSTEM)
    Ticket.objects.filter(community=far).update(status="DISPATCHED", handler=calm.garden.staff["陈师傅"])
    return calm, far.id


@st.composite
def asker(draw: st.DrawFn, here: int, far: int, people: list[int], staff: list[int], held: list[int]) -> Scope:
    kind = draw(st.sampled_from([Kind.STAFF, Kind.STAFF, Kind.STAFF, Kind.RESIDENT, Kind.GUEST]))
    mine = draw(st.frozensets(st.sampled_from(held), max_size=2)) if kind is not Kind.STAFF else frozenset()
    if kind is Kind.GUEST:
        return guest(*mine)
    places = draw(st.frozensets(st.sampled_from([here, far])))
    if kind is Kind.RESIDENT:
        return Scope(kind, person_id=draw(st.sampled_from(people)), communities=places, tickets=mine)
    roles = {one: draw(st.frozensets(st.sampled_from(ROLES), max_size=3)) for one in places}
    depts = {one: draw(st.sampled_from(["ENG", "SEC", "CS"])) for one in places}
    return Scope(kind, staff_id=draw(st.sampled_from(staff)), communities=places, roles=roles, depts=depts)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_list_and_the_question_agree_for_every_scope(two_offices: tuple[Cast, int], data: st.DataObject) -> None:
    cast, far = two_offices
    rows = list(Ticket.objects.all())
    people = [one.id for one in cast.garden.people.values()]
    staff = [cast.garden.staff[name].id for name in ("陈师傅", "丁浩", "孙涛", "李敏")]
    scope = data.draw(asker(cast.community.id, far, people, staff, [row.id for row in rows]))
    listed = set(queries.visible(scope).values_list("id", flat=True))
    assert listed == {row.id for row in rows if access.can_see(scope, row)}
    for row in rows:
        if row.community_id not in scope.communities and row.id not in scope.tickets:
            assert row.id not in listed or row.reporter_id == scope.person_id
        if row.id not in listed:
            assert not any(access.can_do(scope, name.removeprefix("tickets."), row) for name in PERMISSIONS)


def test_one_who_is_two_things_sees_what_both_see(two_offices: tuple[Cast, int]) -> None:
    cast, _far = two_offices
    here, me = cast.community.id, cast.garden.staff["李敏"].id
    both = {here: frozenset({"OUT", "WK"})}
    scope = Scope(Kind.STAFF, staff_id=me, communities=frozenset({here}), roles=both, depts={here: "ENG"})
    listed = set(queries.visible(scope).values_list("status", flat=True))
    assert {row.status for row in Ticket.objects.all() if access.can_see(scope, row)} == listed == {"NEW", "DISPATCHED"}


def test_what_each_role_sees(calm: Cast) -> None:
    new, offered, other = calm.report(), calm.report("家里插座坏了"), calm.report("有陌生人敲门不认识", leaf="OR01")
    for ticket in (offered, other):
        calm.do("accept", ticket, "李敏")
    calm.do("dispatch", offered, "李敏", to="高工")

    def seen(name: str) -> set[str]:
        return {row.no[-1] for row in queries.visible(calm.scope(name))}

    assert (new.status, other.status) == ("NEW", "ACCEPTED")
    assert seen("外包01") == {"1"}
    assert seen("陈师傅") == {"2"}  # an offer of his department
    assert [seen(name) for name in ("孙涛", "韩梅", "电梯公司", "王秀英")] == [set()] * 4
    assert [seen(name) for name in ("李敏", "赵静", "周强", "何勇", "钱丽", "郑洁", "林悦", "张伟")] == [
        {"1", "2", "3"}
    ] * 8
    calm.do("take", offered, "高工", eta=10)
    assert (seen("陈师傅"), seen("高工")) == (set(), {"2"})


def test_somebody_who_left_the_community_has_no_list(calm: Cast) -> None:
    ticket = calm.report()
    calm.do("accept", ticket, "李敏")
    calm.do("dispatch", ticket, "李敏", to="陈师傅")
    assert [row.id for row in queries.for_handler(calm.scope("陈师傅"))] == [ticket.id]
    calm.garden.members["陈师傅"].delete()
    assert queries.for_handler(calm.scope("陈师傅")) == []
    assert queries.for_handler(calm.scope("张伟")) == []


# --- finding --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "found"), [("滴漏", 1), ("龙头", 1), ("水 龙头", 0), ("一直滴漏", 1), ("直漏", 0), ("ｶ", 0)]
)
def test_words_of_two_characters_and_pieces_of_sentences(calm: Cast, words: str, found: int) -> None:
    calm.report("厨房水龙头一直滴漏")
    assert len(queries.search(calm.scope("李敏"), words)) == found


@pytest.mark.parametrize("mark", [*"'\"&|()*:!<->\\%_;{}", "\x00", "\ud800", "AND", "NOT", "NEAR(", "tickets:"])
def test_marks_of_query_languages_are_only_marks(calm: Cast, mark: str) -> None:
    ticket = calm.report("厨房水龙头一直滴漏")
    li = calm.scope("李敏")
    assert [row.id for row in queries.search(li, f"滴漏{mark}" if len(mark) == 1 else "滴漏")] == [ticket.id]
    assert queries.search(li, mark) == []
    assert queries.search(li, f"{mark} 没有的词") == []


def test_ones_own_is_found_however_many_others_there_are(calm: Cast) -> None:
    calm.freeze("merge")
    mine = calm.report("厨房水龙头一直滴漏")
    for number in range(50):
        calm.report(f"厨房水龙头一直滴漏{number}", who="李敏", room="3-1-0803")
    assert [row.id for row in queries.search(calm.scope("张伟"), "滴漏")] == [mine.id]
    assert len(queries.search(calm.scope("李敏"), "滴漏", limit=20)) == 20
    assert len(queries.search(SYSTEM, "滴漏", limit=7)) == 7
    assert queries.search(guest(mine.id), "滴漏") == []


# --- one ticket -----------------------------------------------------------------------------------------------------
def test_by_number_only_in_ones_own_community(two_offices: tuple[Cast, int]) -> None:
    cast, far = two_offices
    assert queries.by_no(SYSTEM, "260302-0001", community=far).community_id == far
    assert queries.by_no(cast.scope("李敏"), "260302-0001").community_id == cast.community.id
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        queries.by_no(cast.scope("蔡姐"), "260302-0001")
    for no in ("260302-9999", "260302-0001\n", "\x00"):
        with pytest.raises(Refused, match="NOT_FOUND"):
            queries.by_no(cast.scope("李敏"), no)
    ticket = Ticket.objects.filter(community=far).get()
    assert queries.by_no(guest(ticket.id), ticket.no).id == ticket.id


def test_the_link_of_somebody_without_login(calm: Cast) -> None:
    ticket = calm.report(guest_key=sign("k" * 22, "guest"))
    assert queries.by_guest_key("k" * 22) == ticket
    assert [queries.by_guest_key(key) for key in ("x" * 22, "k", "k" * 65, "")] == [None] * 4


def test_the_facts_of_a_page(calm: Cast) -> None:
    ticket = calm.report(photos=[calm.photo()])
    fresh = queries.facts_of(calm.scope("李敏"), ticket, fresh=True)
    assert {one.kind for one in fresh.clocks} == {"RESP", "RED", "ARRIVE", "RESOLVE", "ESC24"}
    assert ([row.verb for row in fresh.entries], len(fresh.photos)) == (["tickets.report"], 1)
    calm.do("accept", ticket, "李敏")
    calm.do("escalate", ticket, "赵静", reason="业主着急")
    page = queries.facts_of(calm.scope("李敏"), ticket)
    assert {"李敏", "吴刚", "赵静"} <= set(page.names.values()) == set(page.logins.values())
    mine = queries.facts_of(calm.scope("张伟"), ticket)
    assert all(row.visible for row in mine.entries)
    assert {one.to_kind for one in mine.told} == {"person"}
    assert queries.facts_of(calm.scope("张伟"), ticket, fresh=True).children == []


def test_only_the_latest_round_of_a_clock_is_shown(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[calm.photo()])
    calm.do("reject", ticket, "张伟", reason="还在滴")
    clocks = {one.kind: one for one in queries.facts_of(calm.scope("李敏"), ticket).clocks}
    assert (clocks["RESOLVE"].round, clocks["RESOLVE"].state) == (1, "RUNNING")


def test_pictures_are_for_those_who_see_the_ticket(calm: Cast) -> None:
    photo = calm.photo()
    calm.report(photos=[photo])
    assert queries.picture(calm.scope("张伟"), photo.token) == photo
    for scope in (calm.scope("王秀英"), calm.scope("孙涛"), guest()):
        with pytest.raises(Refused, match="NOT_FOUND"):
            queries.picture(scope, photo.token)


def test_what_was_done_here_before(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[calm.photo()])
    calm.do("confirm", ticket, "张伟")
    calm.do("close", ticket, "郑洁")
    again, nowhere = calm.report(), calm.report(who="李敏", room=None)
    assert [(one.same, one.closed_at) for one in queries.earlier(calm.scope("李敏"), again)] == [(True, clock.now())]
    assert queries.earlier(calm.scope("李敏"), nowhere) == []
    assert queries.earlier(calm.scope("孙涛"), again) == []


def test_what_is_known_at_a_place(calm: Cast) -> None:
    calm.freeze("merge")
    lift, stairs = calm.garden.assets["EL-0301-1"], calm.garden.places["B3-1"]
    first = calm.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    second = calm.report("楼道灯坏了", place="B3-1")
    assert [row.id for row in queries.open_at(estate.label_of(lift))] == [first.id]
    assert [row.id for row in queries.open_at(estate.label_of(stairs))] == [second.id]
    calm.do("cancel", second, "张伟")
    assert queries.open_at(estate.label_of(stairs)) == []
