"""Who sees what: table 16.2, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.vault import policy

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


def seen(roles, field, **context):
    shown = policy.show(roles, field, VALUES[field], **context)
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
        ("OWNER", NONE, NONE, NONE, NONE, NONE),
    ],
)
def test_the_table(role, name, phone, room, id_no, plate):
    expected = {"name": name, "phone": phone, "room": room, "id_no": id_no, "plate": plate}
    assert {field: seen({role}, field) for field in policy.FIELDS} == expected


@pytest.mark.parametrize("role", ["CS", "OC", "WK", "nobody"])
def test_everybody_sees_himself(role):
    assert [seen({role}, field, mine=True) for field in policy.FIELDS] == [FULL] * 5


def test_a_worker_sees_the_room_while_the_ticket_is_open():
    assert seen({"WK"}, "room", assigned_open=True) == FULL
    assert seen({"WK"}, "room", assigned_open=False) == MASK  # AT16.5
    assert seen({"CS"}, "room", assigned_open=True) == MASK


@pytest.mark.parametrize(
    ("leaf", "shown"), [("OR05", FULL), ("OR06", FULL), ("AC02", FULL), ("IN04", NONE), ("", NONE)]
)
def test_a_worker_sees_plates_for_parking_only(leaf, shown):
    assert seen({"WK"}, "plate", assigned_open=True, leaf=leaf) == shown
    assert seen({"WK"}, "plate", assigned_open=False, leaf=leaf) == NONE


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


@given(st.sets(st.sampled_from(ROLES)), st.sampled_from(policy.FIELDS), st.sampled_from(ROLES), st.booleans())
def test_a_role_more_never_shows_less(roles, field, more, assigned):
    order = "FRMSB-"
    before = policy.letter(roles, field, assigned_open=assigned)
    after = policy.letter(roles | {more}, field, assigned_open=assigned)
    assert order.index(after) <= order.index(before)


@pytest.mark.parametrize(
    ("role", "can_reveal", "can_call"),
    [("CS", True, True), ("OUT", False, True), ("WK", False, True), ("QLT", False, True), ("ADM", False, False)],
)
def test_what_more_may_be_done_with_a_phone(role, can_reveal, can_call):
    look = policy.look({role}, "phone", VALUES["phone"])
    assert (look.can_reveal, look.can_call) == (can_reveal, can_call)
    assert policy.look({role}, "phone", "") == policy.Shown("")


def test_an_unknown_field_has_no_policy():
    with pytest.raises(KeyError, match="birthday"):
        policy.show({"PM"}, "birthday", "1990-03-07")
