"""Taking an import back: the register is as before, but for what has come to hang on it, and that is named."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import importing
from anju.estate.importing import drafts
from anju.estate.models import Community, Contact, Import, Occupancy, Person, Room
from anju.timers.models import Timer
from anju.vault.blind import blind
from anju.worker import loop
from tests.cast import Cast, later
from tests.estate.test_importing import DATA, book

TABLES = (Room, Person, Contact, Occupancy)


@pytest.fixture
def village(db: None) -> Community:
    return estate.community(code="v", name="村", sign="物业", hotline="400-800-1234")


def register() -> list[list[dict[str, Any]]]:
    """Every row of the land register."""
    return [list(table.objects.order_by("id").values()) for table in TABLES]


def brought(community: Community, *lines: list[object]) -> Import:
    """An import of these lines."""
    record = importing.apply(importing.load(book(*lines), "a.xlsx"), community, by=SYSTEM).record
    assert record is not None
    return record


PEOPLE = [("张伟", "13800005678"), ("王秀英", "13900122041"), ("李建国", None)]
LINE = st.tuples(
    st.integers(1, 2), st.integers(1, 3), st.sampled_from([None, 80, 88.5]), st.sampled_from([None, *PEOPLE])
)
ROSTER = st.lists(LINE, min_size=1, max_size=6, unique_by=lambda line: line[:2])


def lines(roster: list[Any]) -> list[list[object]]:
    return [[str(b), "1", f"10{r}", area, *(who or (None, None))] for b, r, area, who in roster]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROSTER, second=ROSTER)
def test_an_import_taken_back_leaves_the_register_as_it_was(village: Community, first: Any, second: Any) -> None:
    for table in (*reversed(TABLES), Import):
        table.objects.all().delete()
    brought(village, *lines(first))
    before = register()
    record = importing.apply(importing.load(book(*lines(second)), "a.xlsx"), village, by=SYSTEM).record
    if record is None:
        assert register() == before
        return
    done = importing.undo(record, by=SYSTEM)
    assert (register(), done.stays) == (before, [])
    record.refresh_from_db()
    assert record.state == "UNDONE"
    with pytest.raises(Refused, match="IMPORT_NOT_DONE"):
        importing.undo(record, by=SYSTEM)


def test_what_others_have_come_to_need_stays_and_says_why(db: None) -> None:
    cast = Cast()
    before = register()
    record = brought(
        cast.community,
        ["9", "1", "101", 80, "赵一", 13800000001],
        ["9", "1", "102", 80, "钱二", 13800000002],
        ["9", "1", "103", 80, "孙三", 13800000003],
        ["9", "1", "104", 80, "李四", 13800000004],
        ["3", "1", "1203", 99, None, None],
    )
    held = Person.objects.get(contacts__phone_hash=blind("13800000001", "phone"))
    cast.garden.people["赵一"], cast.garden.rooms["9-1-102"] = held, Room.objects.get(full_code="9-1-102")
    cast.report(who="赵一")
    cast.report(who="张伟", room="9-1-102")
    estate.new_phone(Person.objects.get(occupancies__room__full_code="9-1-103"), "13911110003")
    Room.objects.filter(full_code="3-1-1203").update(area_c=7777)
    done = importing.undo(record, by=SYSTEM)
    assert done.counts == {"relations": 1, "phones": 1, "people": 1, "rooms": 1, "changed_rooms": 0}
    assert [(one.what, one.why) for one in done.stays] == [
        ("9-1-102", "已有工单"),
        ("赵*", "已有工单"),
        ("孙*", "后来又登记了人、电话或房屋"),
        ("3-1-1203", "后来又改过"),
    ]
    assert list(Room.objects.filter(building_no="9").values_list("full_code", flat=True)) == [
        "9-1-101",
        "9-1-102",
        "9-1-103",
    ]
    assert Contact.objects.filter(person=held).count() == 1
    record.refresh_from_db()
    assert (record.state, len(record.made["rooms"])) == ("DONE", 3)
    assert len(register()[0]) == len(before[0]) + 3


def test_a_draft_is_sealed_belongs_to_its_uploader_and_lives_a_day(db: None) -> None:
    cast = Cast()
    zhou, zhao = cast.scope("周强"), cast.scope("赵静")
    data = (DATA / "花名册-换列.xlsx").read_bytes()
    row = drafts.begin(data, "花名册.xlsx", cast.community, by=zhou)
    kept = Import.objects.filter(id=row.id).values("name", "content").get()
    assert "花名册".encode() not in bytes(kept["name"])
    assert b"UEsDB" not in bytes(kept["content"])
    assert drafts.content(row, by=zhou) == data
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        drafts.content(row, by=zhao)
    loop.until(later(hours=24))
    row.refresh_from_db()
    assert (row.state, row.content, row.name) == ("DROPPED", "", "")
    with pytest.raises(Refused, match="IMPORT_OVER"):
        drafts.read(row, by=zhou)


def test_a_draft_is_written_once_and_its_file_goes(db: None) -> None:
    cast = Cast()
    zhou = cast.scope("周强")
    row = drafts.begin(book(["9", "1", "101", 80, "赵一", 13800000001]), "a.xlsx", cast.community, by=zhou)
    assert drafts.confirm(row, by=zhou).counts()["rooms"] == 1
    row.refresh_from_db()
    assert (row.state, row.content, row.counts["people"]) == ("DONE", "", 1)
    again = Import.objects.get(id=row.id)
    again.state, again.content = "DRAFT", "eA=="
    with pytest.raises(Refused, match="IMPORT_OVER"):
        importing.apply(importing.load(book(["9", "1", "101"]), "a.xlsx"), cast.community, by=zhou, draft=again)
    assert Timer.objects.filter(kind=drafts.EXPIRE).count() == 1


def test_columns_in_words_nobody_knows_are_matched_by_hand(db: None) -> None:
    cast = Cast()
    zhou = cast.scope("周强")
    data = book(
        ["某某小区", None, None], ["哪一户", "谁的", "怎么找"], ["9-1-101", "赵一一", 13800000001], head=["2026年"]
    )
    row = drafts.begin(data, "a.xlsx", cast.community, by=zhou)
    drafts.move(row, sheet=0, header=2, by=zhou)
    table = drafts.table(row, by=zhou)
    assert [(one.word, one.field, one.samples) for one in table.columns] == [
        ("哪一户", "", ["9-1-101"]),
        ("谁的", "", ["赵*"]),
        ("怎么找", "", ["138****"]),
    ]
    with pytest.raises(Refused, match="HEADER_MISSING"):
        drafts.match(row, {"owner": [1]}, by=zhou)
    with pytest.raises(Refused, match="COLUMN_TWICE"):
        drafts.match(row, {"room": [0, 1]}, by=zhou)
    drafts.match(row, {"room": [0], "owner": [1], "phone": [2]}, by=zhou)
    assert drafts.confirm(row, by=zhou).counts()["phones"] == 1
