"""Small pure things of the desk: order of rows, the pill, kinds to choose from, windows of a visit, where a step leads."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju import understanding
from anju.core import clock
from anju.desk import leaves
from anju.desk.queue.pages import _in_order, pill, read_order, upto
from anju.desk.reporting.forms import windows
from anju.desk.ticket.pages import back_to
from anju.desk.ticket.steps import STEPS

TICKET = SimpleNamespace(no="260302-0001")


def rows(*pairs):
    return [SimpleNamespace(id=one, rank=rank) for one, rank in pairs]


@given(st.permutations(range(8)))
def test_as_many_rows_move_as_must(places):
    kept = _in_order(places)
    assert 1 <= kept <= len(places)
    assert (kept == len(places)) == (list(places) == sorted(places))


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 3)), unique_by=lambda each: each[0], max_size=30))
def test_an_unchanged_list_has_no_pill(order):
    assert pill(rows(*order), order) == ""
    assert read_order(",".join(f"{one}-{section}" for one, section in order)) == order


@given(st.text(max_size=60))
def test_any_order_can_be_read(text):
    assert all(section in range(4) and one >= 0 for one, section in read_order(text))


def test_the_pill_counts_what_is_new_gone_and_moved():
    order = [(1, 1), (2, 1), (3, 2)]
    assert pill(rows((1, 1), (2, 1), (3, 2), (4, 2)), order) == "1处变化"
    assert pill(rows((1, 1), (2, 1)), order) == "1处变化"
    assert pill(rows((3, 2), (1, 1), (2, 1)), order) == "1处变化"
    assert pill(rows((2, 0), (1, 1), (3, 2)), order) == "1处变化，1件新红灯"
    assert pill(rows((9, 0), (2, 0), (1, 1), (3, 2)), order) == "2处变化，2件新红灯"
    assert pill(rows((9, 2), (8, 2)), order) == "5处变化"


@given(st.integers(0, 1000))
def test_counts_stop_at_a_thousand(count):
    assert upto(count) == ("1000+" if count >= 1000 else str(count))


def test_all_kinds_stand_once_in_the_tree():
    codes = [each.code for group in leaves.tree() for each in group.options]
    assert sorted(codes) == sorted(understanding.leaves())
    assert len(codes) == 115


@pytest.mark.parametrize("code", ["IN04", "ZZ99", "EL01"])
def test_the_present_kind_and_what_the_text_means_stand_first_and_once(code):
    groups = leaves.for_ticket(code, "厨房水龙头一直滴漏", "")
    codes = [each.code for group in groups for each in group.options]
    assert codes[0] == code
    assert len(codes) == len(set(codes)) == 115
    assert [each.code for group in groups for each in group.options if each.checked] == [code]
    if code != "IN04":
        assert groups[1].options[0].code == "IN04"


def test_a_chosen_kind_is_checked_instead():
    groups = leaves.for_ticket("IN04", "厨房水龙头一直滴漏", "PW03")
    assert [each.code for group in groups for each in group.options if each.checked] == ["PW03"]


@pytest.mark.parametrize(("minutes", "words"), [(30, "30分钟"), (240, "4小时"), (1440, "24小时"), (4320, "3天")])
def test_spans(minutes, words):
    assert leaves.span(minutes) == words


def test_shares_of_the_suggested_kinds():
    options = leaves.ranked(understanding.classify("电梯停了，有人困在里面"))
    assert options[0].code == "EL01"
    assert options[0].checked
    assert sum(one.confidence for one in options) in range(99, 102)
    assert leaves.ranked(understanding.classify("")) == []


@pytest.mark.parametrize(
    ("hour", "names"),
    [
        (9, ["", "today-pm", "tomorrow-am", "tomorrow-pm", "other"]),
        (14, ["", "tomorrow-am", "tomorrow-pm", "other"]),
        (23, ["", "tomorrow-am", "tomorrow-pm", "other"]),
    ],
)
def test_windows_of_a_visit_lie_ahead(hour, names):
    now = datetime(2026, 3, 2, hour, tzinfo=clock.SHANGHAI)
    found = windows(now)
    assert [name for name, _label, _span in found] == names
    assert all(span[0] > now for _name, _label, span in found if span)


@pytest.mark.parametrize(
    ("shown", "back"),
    [
        ("http://x/desk/queue/", "/desk/queue/?at=260302-0001"),
        ("http://x/desk/queue/?view=new&cursor=abc&at=old&after=RED", "/desk/queue/?view=new&at=260302-0001"),
        ("http://x/desk/tickets/260302-0001/", ""),
        ("http://evil/else", ""),
        ("", ""),
    ],
)
def test_a_step_leads_back_to_the_list_it_was_taken_from(shown, back):
    assert back_to(shown, TICKET) == back


def test_steps_have_one_noun_and_at_most_one_key_each():
    nouns, keys = [step.noun for step in STEPS], [step.key for step in STEPS if step.key]
    assert len(nouns) == len(set(nouns))
    assert len(keys) == len(set(keys))
    assert {"a", "d", "t", "n", "e"} <= set(keys)
