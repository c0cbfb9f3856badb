"""Who sees what: lists and single tickets agree for everybody; nothing full reaches a masked reader."""

import json
from dataclasses import asdict

import pytest

from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope, guest
from anju.estate import actions as estate
from anju.tickets import access, queries
from anju.tickets.models import Ticket
from tests.cast import Cast

CANARIES = ("张伟", "13800005678", "1203")


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Tickets in several hands and states."""
    cast.report()
    cast.freeze("accept", "dispatch")
    cast.report("楼道灯坏了", who="王秀英", place="B3-1")
    other = cast.report("道闸抬杆不起", place="N-GATE")
    cast.do("accept", other, "李敏")
    cast.do("dispatch", other, "李敏", to="高工")
    cast.report("有陌生人敲门不认识", who="孙涛", room=None)
    return cast


def scopes(cast: Cast) -> list[Scope]:
    named = [cast.scope(name) for name in (*cast.garden.staff, *cast.garden.people)]
    return [*named, SYSTEM, guest(), guest(Ticket.objects.order_by("id")[1].id)]


def test_lists_and_single_tickets_agree(busy: Cast) -> None:
    for scope in scopes(busy):
        listed = set(queries.visible(scope).values_list("id", flat=True))
        seen = {row.id for row in Ticket.objects.all() if access.can_see(scope, row)}
        assert listed == seen, scope


def test_another_community_sees_nothing(busy: Cast) -> None:
    strangers = estate.community(code="far", name="远方", sign="物业", hotline="400-800-0000")
    staff = busy.garden.staff["李敏"]
    scope = Scope(
        busy.scope("李敏").kind,
        staff_id=staff.id,
        communities=frozenset({strangers.id}),
        roles={strangers.id: frozenset({"CS", "PM"})},
    )
    assert not queries.visible(scope).exclude(first_contact=staff).exclude(handler=staff).exists()
    assert queries.search(scope, "水龙头") == []
    with pytest.raises(Refused) as no:
        queries.by_no(scope, "260302-0002")
    assert (no.value.code, no.value.status) == ("NOT_FOUND", 404)


@pytest.mark.parametrize("name", ["李敏", "赵静", "周强", "郑洁", "林悦", "何勇", "外包01"])
def test_no_full_name_phone_or_room_reaches_them(cast: Cast, name: str) -> None:
    cast.freeze("accept", "dispatch")
    ticket = cast.report("水龙头漏，我叫老张，电话138 0000 5678，住3-1-1203", room="3-1-1203")
    shown = asdict(queries.show(cast.scope(name), ticket))
    text = json.dumps(shown, default=str, ensure_ascii=False)
    assert [one for one in (*CANARIES, "138 0000 5678") if one in text] == []
    assert (shown["reporter"]["name"], shown["reporter"]["phone"], shown["reporter"]["room"]) == (
        "张*",
        "138****5678",
        "**03",
    )


def test_the_worker_sees_the_room_while_it_is_his(cast: Cast) -> None:
    ticket = cast.in_progress(at="10:00")
    chen = cast.scope("陈师傅")
    shown = queries.show(chen, ticket)
    assert (shown.where, shown.reporter.name, shown.reporter.phone) == ("3栋1单元1203", "张先生/女士", "")
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    cast.do("confirm", ticket, "张伟")
    assert queries.show(chen, ticket).where == "户内 **03"


def test_residents_see_their_own_in_full(cast: Cast) -> None:
    ticket = cast.report()
    shown = queries.show(cast.scope("张伟"), ticket)
    assert (shown.reporter.name, shown.reporter.room, shown.status_label) == ("张伟", "3-1-1203", "已派单")
    with pytest.raises(Refused):
        queries.by_no(cast.scope("王秀英"), ticket.no)


def test_search_finds_words_and_numbers(busy: Cast) -> None:
    li = busy.scope("李敏")
    assert [row.no for row in queries.search(li, "滴漏")] == ["260302-0001"]
    assert [row.no for row in queries.search(li, "抬杆 道闸")] == ["260302-0003"]
    assert [row.no for row in queries.search(li, "260302-0002")] == ["260302-0002"]
    assert queries.search(li, "水龙头 道闸") == []
    assert queries.search(busy.scope("王秀英"), "滴漏") == []


@pytest.mark.parametrize(
    "text", ["", "  ", "'", '"', "& | ! ( ) * :", "漏%_\\", "a' OR 1=1--", "😀", "x" * 5000, "漏" * 500]
)
def test_search_survives_anything(busy: Cast, text: str) -> None:
    assert queries.search(busy.scope("李敏"), text) == []


def test_the_order_is_that_of_the_lights(busy: Cast) -> None:
    busy.at("11:30")
    rows = queries.queue(SYSTEM, queries.Filters()).rows
    keys = [(row.rank, row.held, row.due_at is None, row.due_at, row.id) for row in rows]
    assert keys == sorted(keys, key=lambda key: (key[0], key[1], key[2], key[3] or 0, key[4]))
    first = queries.queue(SYSTEM, queries.Filters(), limit=2)
    rest = queries.queue(SYSTEM, queries.Filters(), limit=50, cursor=first.cursor)
    assert [row.id for row in (*first.rows, *rest.rows)] == [row.id for row in rows]


def test_a_forged_cursor_is_refused(busy: Cast) -> None:
    for cursor in ("x", "W10", "bnVsbA", "é"):
        with pytest.raises(Refused) as no:
            queries.queue(SYSTEM, queries.Filters(), cursor=cursor)
        assert no.value.code == "CURSOR_INVALID"
