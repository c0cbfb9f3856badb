"""The grid and what is said (R3.3–R3.6)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.core import clock
from anju.core.errors import Refused
from anju.incidents.rules import grid
from anju.incidents.rules.grid import Slot
from anju.journal import queries as journal
from tests.incidents.conftest import Team

T0 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@given(st.lists(st.integers(0, 3600), max_size=12))
def test_every_second_belongs_to_one_slot(seconds: list[int]) -> None:
    """AT3.2: (previous due, this due], T0 itself to the first."""
    slots = [Slot(n, T0 + timedelta(minutes=10 * (n - 1)), T0 + timedelta(minutes=10 * n)) for n in range(1, 7)]
    for second in seconds:
        at = T0 + timedelta(seconds=second)
        assert [one.seq for one in slots if one.takes(at)] == [max(1, -(-second // 600))]


def test_moments_of_an_incident_that_is_over_are_none() -> None:
    slot = Slot(1, T0, T0 + timedelta(minutes=10))
    assert list(grid.moments(grid.Facts(False, [slot], [(T0, 1)], T0, None))) == []


def test_at3_2_one_bulletin_per_slot(team: Team) -> None:
    row = team.open()
    team.at("09:00:01")
    team.say(row)
    team.at("09:19:59")
    team.say(row, "李敏", "", no_news=True)
    team.say(row, "李敏", "", no_news=True)
    team.at("09:20:01")
    assert team.grid(row) == ["MET", "MET", "OPEN"]
    assert [one.slot and one.slot.seq for one in row.bulletins.all()] == [1, 2, None]
    team.at("09:33")
    assert team.grid(row) == ["MET", "MET", "MISSED", "OPEN"]
    assert team.times("李敏", "T311") == ["09:18:00", "09:28:00"]
    assert (team.times("何勇", "T312"), team.times("周强", "T312")) == (["09:30:01"], [])
    team.say(row)
    team.at("09:36")
    assert team.heard("周强", "T312") == []


def test_one_long_jump_leaves_the_same_as_many_short_ones(team: Team) -> None:
    team.open()
    row = team.open("停水", place="B5")
    for minute in range(7, 47, 13):
        team.at(f"09:{minute:02d}")
        row.refresh_from_db()
    moments = [f"{clock.local(one.at):%H:%M:%S}" for one in journal.of("incident", row.id) if one.verb in GRID]
    assert moments == ["09:10:01", "09:15:01", "09:20:01", "09:25:01", "09:30:01", "09:35:01", "09:40:01", "09:45:01"]


GRID = ("incidents.missed", "incidents.chased")


def test_free_words_for_residents_need_the_commander(team: Team) -> None:
    row = team.open()
    with pytest.raises(Refused, match="BULLETIN_UNAPPROVED") as refused:
        team.say(row, "李敏", "", free="供电局说马上就好，张三 13800005678", audience="RESIDENTS")
    assert (team.grid(row), team.heard("张伟", "T302")) == (["OPEN"], [])
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.act("approve", row, "李敏", bulletin_id=int(refused.value.data["bulletin"]))
    team.act("approve", row, bulletin_id=int(refused.value.data["bulletin"]))
    (posted,) = row.bulletins.all()
    assert posted.approved_by
    assert posted.author
    assert (posted.approved_by.name, posted.author.name, "13800005678" in posted.text) == ("何勇", "李敏", False)
    with pytest.raises(Refused, match="BULLETIN_UNKNOWN"):
        team.act("approve", row, bulletin_id=posted.id)


def test_what_is_wrong_with_a_bulletin(team: Team) -> None:
    row = team.open()
    with pytest.raises(Refused, match="ETA_PAST"):
        team.say(row, eta=clock.now())
    with pytest.raises(Refused, match="TEXT_REQUIRED"):
        team.say(row, "李敏", "")
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        team.act("publish_eta", row, cause="开关烧损", missing="", eta=clock.now() + timedelta(hours=1))
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.act("publish_eta", row, "李敏", cause="a", missing="b", eta=clock.now() + timedelta(hours=1))
    assert row.bulletins.count() == 0


def test_the_interval_is_lengthened_after_controlled_only(team: Team) -> None:
    row = team.open()
    with pytest.raises(Refused, match="INTERVAL_TOO_SOON"):
        team.say(row, "何勇", interval=30)
    team.act("control", row)
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.say(row, "李敏", interval=30)
    with pytest.raises(Refused, match="INTERVAL_INVALID"):
        team.say(row, "何勇", interval=15)
    team.at("09:05")
    team.say(row, "何勇", interval=30)
    posted = row.bulletins.get()
    assert posted.next_at == clock.parse("2026-03-02T09:40:00")
    team.at("09:40:00")
    assert team.grid(row) == ["MET", "OPEN"]
    team.at("09:40:01")
    assert team.grid(row) == ["MET", "MISSED", "OPEN"]


def test_the_words_of_the_plan(team: Team) -> None:
    row = team.open()
    team.say(row, "李敏", "", no_news=True)
    team.say(row, eta=clock.parse("2026-03-02T10:15:00"))
    team.act("publish_eta", row, cause="开关烧损", missing="备件在途", eta=clock.parse("2026-03-02T11:00:00"))
    texts = [one.text for one in row.bulletins.all()]
    assert texts == [
        "第1次通报：无新进展。预计恢复时间正在确认，下次通报时间09:20",
        "第2次通报：电工正在排查。预计恢复时间10:15，下次通报时间09:20",
        "已确认为开关烧损，备件在途，预计11:00恢复",
    ]
    assert [one.templates for one in row.bulletins.all()] == [["T302"], ["T302"], ["T304"]]
    assert row.steps.get(no=6).done_at
    assert row.steps.get(no=9).done_at


def test_where_only_the_manager_speaks_nothing_goes_out_by_itself(team: Team) -> None:
    row = team.open("群体事件")
    team.say(row)
    assert row.bulletins.get().audience == "INTERNAL"
    assert team.heard("张伟") == []
    with pytest.raises(Refused, match="BULLETIN_UNAPPROVED"):
        team.say(row, audience="RESIDENTS")


def test_thirty_minutes_without_an_end_call_the_manager(team: Team) -> None:
    row = team.open()
    team.at("09:30:00")
    row.refresh_from_db()
    assert (row.eta_is_owed, team.heard("周强", "T207")) == (False, [])
    team.at("09:30:01")
    row.refresh_from_db()
    assert (row.eta_is_owed, team.times("周强", "T207")) == (True, ["09:30:01"])
    team.say(row, eta=clock.parse("2026-03-02T10:15:00"))
    assert row.eta_is_owed is False
    assert len(team.heard("张伟", "T304", letter="S")) == len(team.heard("张伟", "T304", letter="W")) == 1
