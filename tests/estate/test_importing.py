"""The land register from a file: what offices keep is read, what is wrong is named by row, nothing is written twice."""

import datetime
import io
import time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import importing
from anju.estate.models import Community, Contact, Occupancy, Person, Room
from tests.speed import within

DATA = Path(__file__).resolve().parent.parent / "data"
HEAD = ["栋", "单元", "房号", "面积", "业主姓名", "联系电话"]


@pytest.fixture
def village(db: None) -> Community:
    return estate.community(code="v", name="村", sign="物业", hotline="400-800-1234")


def book(*lines: list[object], head: list[str] | None = None) -> bytes:
    workbook = Workbook()
    for line in (head or HEAD, *lines):
        workbook.active.append(line)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def load(name: str) -> importing.Loaded:
    return importing.load((DATA / name).read_bytes(), name)


def faults(*lines: list[object]) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in importing.load(book(*lines), "a.xlsx").faults]


def test_merged_cells_and_several_people(village: Community) -> None:
    loaded = load("花名册-合并单元格.xlsx")
    assert loaded.faults == []
    assert [one.full_code for one in loaded.records] == ["3-1-0803", "3-1-1203", "3-2-3A01", "5-1-B1", "5-1-夹层01"]
    importing.apply(loaded, village, by=SYSTEM)
    room = Room.objects.get(full_code="3-1-0803")
    assert room.area_c == 12035
    held = {
        one.person.name: (one.role, one.share_d, one.is_bill_payer, one.is_primary)
        for one in room.occupancies.select_related("person")
    }
    assert held == {
        "王秀英": ("OWNER", 2, True, True),
        "李建国": ("COOWNER", 2, False, False),
        "陈静": ("TENANT", None, False, False),
    }
    assert {one.phone for one in Contact.objects.filter(person__occupancies__room__full_code="3-2-3A01")} == {
        "13600077002",
        "13900122041",
        "057188888888",
    }
    assert Person.objects.get(occupancies__room__full_code="5-1-B1").kind == "COMPANY"


def test_other_headers_and_odd_rooms(village: Community) -> None:
    loaded = load("花名册-换列.xlsx")
    assert [one.full_code for one in loaded.records] == ["5-2-0501", "88号", "S-07", "3-1-1204", "3-1-1205", "B1-046"]
    importing.apply(loaded, village, by=SYSTEM)
    assert (Room.objects.get(full_code="S-07").usage, Room.objects.get(full_code="88号").stairway) == ("SHOP", "")
    assert Room.objects.get(full_code="B1-046").usage == "PARKING"
    homes = ["5-2-0501", "3-1-1204", "B1-046"]
    assert Person.objects.filter(occupancies__room__full_code__in=homes).distinct().count() == 1
    assert [(one.row, one.code) for one in loaded.notes] == [(1, "COLUMNS_LEFT")]


def test_csv_of_an_old_program(village: Community) -> None:
    loaded = load("花名册-GBK.csv")
    assert [one.full_code for one in loaded.records] == ["7-1-101", "7-1-102", "7-2-101"]


def test_csv_with_a_mark_and_two_phone_columns() -> None:
    loaded = load("花名册-UTF8.csv")
    assert [one.full_code for one in loaded.records] == ["9-1-101", "9-1-102"]
    assert loaded.records[0].people[0].phones == ("057188880101", "13600000901")


@pytest.mark.parametrize("name", ["花名册-合并单元格.xlsx", "花名册-换列.xlsx", "花名册-GBK.csv", "花名册-UTF8.csv"])
def test_the_second_time_changes_nothing(village: Community, name: str) -> None:
    loaded = load(name)
    assert not importing.apply(loaded, village, by=SYSTEM).is_empty
    before = [model.objects.count() for model in (Room, Person, Contact, Occupancy)]
    again = importing.apply(loaded, village, by=SYSTEM)
    assert (again.is_empty, again.same) == (True, len(loaded.records))
    assert [model.objects.count() for model in (Room, Person, Contact, Occupancy)] == before


def test_a_new_phone_and_area_are_changes(village: Community) -> None:
    first = importing.load(book(["3", "1", "1203", 88.83, "张伟", 13800005678]), "a.xlsx")
    importing.apply(first, village, by=SYSTEM)
    second = importing.load(book(["3", "1", "1203", 90, "张伟", 13900005678]), "a.xlsx")
    counts = importing.apply(second, village, by=SYSTEM).counts()
    assert (counts["changed_rooms"], counts["phones"], counts["people"]) == (1, 1, 0)


def test_what_is_wrong_is_named_by_row() -> None:
    assert faults(
        ["3", "1", None, 1, "张伟", 13800005678],
        ["3", "1", "1203", 0, "张伟", 13800005678],
        ["3", "1", "1204", -89, "张伟", 13800005678],
        ["3", "1", "1205", "89.375", "张伟", 13800005678],
        ["3", "1", "1206", "NaN", "张伟", 13800005678],
        ["3", "1", "1207", 80, "张伟", "138000056789"],
        ["3", "1", "1208", 80, "张伟", "1.38E+10"],
        ["3", "1", "1209", 80, None, 13800005678],
        ["3", "1", "1210", 80, "13800005678", "张伟"],
        ["3", "1", "1211", 80, "#REF!", 13800005678],
    ) == [
        (2, "ROOM_MISSING"),
        (3, "AREA_INVALID"),
        (4, "AREA_INVALID"),
        (5, "AREA_INVALID"),
        (6, "AREA_INVALID"),
        (7, "PHONE_INVALID"),
        (8, "PHONE_LOST"),
        (9, "NAME_MISSING"),
        (10, "NAME_ODD"),
        (11, "CELL_ERROR"),
    ]


def test_a_room_twice_in_the_file() -> None:
    same = ["3", "1", "1203", 88, "张伟", 13800005678]
    assert faults(same, same) == [(3, "ROOM_TWICE")]
    assert faults(same, ["3", "1", "1203", 88, "李四", 13800005679]) == []


def test_one_merged_area_for_two_rooms_is_asked_about() -> None:
    workbook = Workbook()
    for line in (HEAD, ["3", "1", "101", 160, "张伟", None], ["3", "1", "102", None, None, None]):
        workbook.active.append(line)
    for area in ("A2:A3", "B2:B3", "D2:D3", "E2:E3"):
        workbook.active.merge_cells(area)
    workbook.active["C4"] = datetime.date(2026, 3, 1)  # what Excel makes of 3-1
    out = io.BytesIO()
    workbook.save(out)
    loaded = importing.load(out.getvalue(), "a.xlsx")
    assert [(one.row, one.code) for one in loaded.faults] == [(3, "AREA_MERGED"), (4, "CELL_DATE")]


def test_the_error_workbook_says_why_and_runs_nothing() -> None:
    loaded = importing.load(book(["3", "1", "1203", 0, "=HYPERLINK(1)", "＋cmd"]), "a.xlsx")
    rows = list(load_workbook(io.BytesIO(importing.errors_workbook(loaded))).active.values)
    assert rows[0][:3] == ("行号", "错误原因", "栋")
    assert rows[1][0] == 2
    assert all(not str(cell).startswith(("=", "＋")) for cell in rows[1] if cell)


def test_the_template_can_be_imported() -> None:
    loaded = importing.load(importing.template_workbook(), "a.xlsx")
    assert (len(loaded.records), loaded.faults) == (1, [])


def test_three_thousand_rooms(village: Community) -> None:
    lines: list[list[object]] = [
        [str(at // 300 + 1), "1", str(at % 300 + 101), 88.5, f"住户{at}", 13000000000 + at] for at in range(3000)
    ]
    loaded = importing.load(book(*lines), "a.xlsx")
    begin = time.thread_time()
    assert importing.apply(loaded, village, by=SYSTEM).counts()["rooms"] == 3000
    seconds = time.thread_time() - begin
    assert within(10, lambda: seconds)
