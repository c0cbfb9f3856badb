"""Who sees what: table 16.2, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.core.scope import SYSTEM, Kind, Scope
from anju.vault import policy
from anju.vault.policy import Sight

VALUES = {
    "name": "张伟",
    "phone": "13800005678",
    "room": "1203",
    "id_no": "110101199003071234",
    "plate": "京A12312",
}
MASKED = {
    "name": "张*",
    "phone": "138****5678",
    "room": "**03",
    "id_no": "1****************4",
    "plate": "京A***12",
}
ROLES = ["CS", "OUT", "WK", "CSS", "SUP", "DM", "FIN", "PM", "QLT", "COMP", "OC", "ADM", "HR"]
FULL, MASK, NONE = "full", "masked", "nothing"


def look(roles, field, value=None, **context):
    return Sight(frozenset(roles), **context).look(field, VALUES[field] if value is None else value)


def seen(roles, field, **context):
    shown = look(roles, field, **context).text
    return {VALUES[field]: FULL, MASKED[field]: MASK, "": NONE}.get(shown, shown)


@pytest.mark.parametrize(
    ("role", "name", "phone", "room", "id_no", "plate"),
    [
        ("CS", MASK, MASK, MASK, NONE, MASK),
        ("OUT", MASK, MASK, MASK, NONE, MASK),
        ("WK", "张先生/女士", NONE, MASK, NONE, NONE),
        ("CSS", MASK, MASK, MASK, NONE, MASK),
        ("SUP", MASK, MASK, MASK, NONE, MASK),
        ("DM", MASK, MASK, MASK, NONE, MASK),
        ("FIN", MASK, MASK, FULL, MASK, MASK),
        ("PM", MASK, MASK, MASK, NONE, MASK),
        ("QLT", MASK, MASK, MASK, NONE, MASK),
        ("COMP", MASK, MASK, MASK, MASK, MASK),
        ("OC", NONE, NONE, NONE, NONE, NONE),
        ("ADM", NONE, NONE, NONE, NONE, NONE),
        ("HR", NONE, NONE, NONE, NONE, NONE),
        ("VEND", "张先生/女士", NONE, MASK, NONE, NONE),
        ("GOV", NONE, NONE, NONE, NONE, NONE),
    ],
)
def test_the_table(role, name, phone, room, id_no, plate):
    expected = {"name": name, "phone": phone, "room": room, "id_no": id_no, "plate": plate}
    assert {field: seen({role}, field) for field in policy.SHOWABLE} == expected


@pytest.mark.parametrize("role", ["CS", "OC", "WK", "nobody"])
def test_everybody_sees_himself(role):
    assert [seen({role}, field, mine=True) for field in policy.SHOWABLE] == [FULL] * 5


def test_a_worker_sees_the_room_while_the_ticket_is_open():
    assert seen({"WK"}, "room", in_hand=True) == FULL
    assert seen({"WK"}, "room", in_hand=False) == MASK  # AT16.5
    assert seen({"CS"}, "room", in_hand=True) == MASK


@pytest.mark.parametrize(
    ("leaf", "shown"), [("OR05", FULL), ("OR06", FULL), ("AC02", FULL), ("IN04", NONE), ("", NONE)]
)
def test_a_worker_sees_plates_for_parking_only(leaf, shown):
    assert seen({"WK"}, "plate", in_hand=True, leaf=leaf) == shown
    assert seen({"WK"}, "plate", in_hand=False, leaf=leaf) == NONE


@pytest.mark.parametrize(
    ("roles", "field", "shown"),
    [
        ({"WK", "ADM"}, "name", "张先生/女士"),
        ({"WK", "CS"}, "name", MASK),
        ({"CS", "FIN"}, "room", FULL),
        ({"ADM", "QLT"}, "phone", MASK),
        ({"ADM", "FIN"}, "id_no", MASK),
        (set(), "name", NONE),
    ],
)
def test_of_several_roles_the_most_permissive_counts(roles, field, shown):
    assert seen(roles, field) == shown


@given(st.sets(st.sampled_from(ROLES)), st.sampled_from(policy.SHOWABLE), st.sampled_from(ROLES), st.booleans())
def test_a_role_more_never_shows_less(roles, field, more, assigned):
    order = "FRMSBP-"
    before = Sight(frozenset(roles), in_hand=assigned).letter(field)
    after = Sight(frozenset(roles | {more}), in_hand=assigned).letter(field)
    assert order.index(after) <= order.index(before)


@pytest.mark.parametrize(
    ("role", "can_reveal", "can_call"),
    [("CS", True, True), ("OUT", False, True), ("WK", False, False), ("QLT", False, True), ("ADM", False, False)],
)
def test_what_more_may_be_done_with_a_phone(role, can_reveal, can_call):
    found = look({role}, "phone")
    assert (found.can_reveal, found.can_call) == (can_reveal, can_call)
    assert look({role}, "phone", "") == policy.Shown("")


def test_a_worker_calls_by_button_while_the_ticket_is_in_his_hands():
    assert look({"WK"}, "phone", in_hand=True) == policy.Shown("", can_call=True)
    assert look({"WK"}, "phone") == policy.Shown("")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("field", policy.SHOWABLE)
def test_without_a_signature_there_are_masks_only(role, field):
    """AT16.4"""
    found = look({role}, field, in_hand=True, leaf="OR05", signed=False)
    assert found.text in (MASKED[field], "")
    assert not found.can_reveal
    assert not found.can_call


def test_text_keeps_only_what_may_be_seen_in_full():
    said = "我电话13800005678，住3栋1单元1203，车京A12312"
    assert Sight(frozenset({"CS"})).text(said) == "我电话138****5678，住**03，车京A***12"
    assert Sight(frozenset({"WK"}), in_hand=True).text(said) == "我电话138****5678，住3栋1单元1203，车京A***12"
    assert Sight(frozenset({"WK"})).text(said) == "我电话138****5678，住**03，车京A***12"
    assert Sight(mine=True).text(said) == said


def test_the_hotline_is_nobodys_secret():
    assert (
        policy.OUTSIDE.text("回电13800005678，详询400-800-1234", "400-800-1234") == "回电138****5678，详询400-800-1234"
    )


def test_a_sight_is_made_of_who_asks_where():
    scope = Scope(Kind.STAFF, staff_id=1, roles={7: frozenset({"FIN"})}, signed=True)
    assert policy.sight(scope, 7).letter("room") == "F"
    assert policy.sight(scope, 8).letter("room") == "-"
    assert policy.sight(scope, 8, in_hand=True).letter("room") == "F"
    assert policy.sight(Scope(Kind.STAFF, roles={7: frozenset({"FIN"})}), 7).letter("room") == "M"
    assert policy.sight(SYSTEM, 7).letter("phone") == "R"


def test_the_table_names_every_field_and_role_once():
    assert policy.fields() == ("name", "phone", "room", "id_no", "plate", "bills", "tags", "recordings", "visits")
    assert {letter for row in policy.table().values() for letter in row.values()} <= set("FRMSBP-")
    assert len({tuple(row) for row in policy.table().values()}) == 1


def test_an_unknown_field_has_no_policy():
    with pytest.raises(KeyError, match="birthday"):
        look({"PM"}, "birthday", "1990-03-07")
