"""Who is who: people, payers, shares, and what a second file changes."""

from threading import Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import importing
from anju.estate.importing import locking
from anju.estate.models import Community, Contact, Occupancy, Person, Room
from anju.journal.models import Entry

HEAD = "栋,单元,房号,楼层,面积,用途,业主姓名,联系电话,备用电话,共有人,份额,租客,租客电话"


@pytest.fixture
def village(db: None) -> Community:
    return estate.community(code="v", name="村", sign="物业", hotline="400-800-1234")


def load(*lines: str, head: str = HEAD) -> importing.Loaded:
    return importing.load("\n".join((head, *lines)).encode(), "a.csv")


def put(village: Community, *lines: str, head: str = HEAD) -> importing.Plan:
    return importing.apply(load(*lines, head=head), village, by=SYSTEM)


def codes(*lines: str) -> list[str]:
    return [one.code for one in load(*lines).faults]


def payers(code: str) -> list[str]:
    return [one.person.name for one in Occupancy.objects.filter(room__full_code=code, is_bill_payer=True)]


def test_same_name_and_phone_is_one_person_other_phone_another(village: Community) -> None:
    put(
        village,
        "3,1,101,1,80,,张伟,13800005678",
        "3,1,102,1,80,,张伟,13900122041/13800005678",
        "3,1,103,1,80,,张伟,13700066001",
    )
    assert Person.objects.count() == 2
    first = Person.objects.get(occupancies__room__full_code="3-1-101")
    assert [one.phone for one in first.contacts.all()] == ["13800005678", "13900122041"]


def test_one_phone_may_reach_two_people(village: Community) -> None:
    put(village, "3,1,101,1,80,,张伟,13800005678", "3,1,102,1,80,,李四,13800005678")
    assert (Person.objects.count(), Contact.objects.count()) == (2, 2)


def test_one_payer_and_one_to_be_called_first(village: Community) -> None:
    put(village, "3,1,101,1,80,,王秀英、李建国,13800005678,,赵六,,陈静,13700066001", "3,1,102,1,80,,,,,,,钱多,")
    assert (payers("3-1-101"), payers("3-1-102")) == (["王秀英"], [])
    assert Occupancy.objects.filter(room__full_code="3-1-101", is_primary=True).count() == 1
    assert Occupancy.objects.filter(room__full_code="3-1-102", is_primary=True).count() == 1


def test_a_new_owner_stands_beside_the_old_one_and_is_told(village: Community) -> None:
    put(village, "3,1,101,1,80,,张伟,13800005678")
    made = put(village, "3,1,101,1,80,,李四,13900122041")
    assert made.beside == ["3-1-101"]
    assert payers("3-1-101") == ["张伟"]
    assert Occupancy.objects.filter(is_primary=True).count() == 1


def test_a_payer_who_left_pays_no_more(village: Community, clock: object) -> None:
    put(village, "3,1,101,1,80,,张伟,13800005678")
    Occupancy.objects.update(to_on="2026-01-01")
    assert put(village, "3,1,101,1,80,,李四,13900122041").beside == []
    assert sorted(payers("3-1-101")) == ["张伟", "李四"]


def test_backup_phones_are_the_owner_s(village: Community) -> None:
    people = load("3,1,101,1,80,,王秀英、李建国,13800005678,13900122041").records[0].people
    assert [one.phones for one in people] == [("13800005678", "13900122041"), ()]
    people = load("3,1,101,1,80,,王秀英、李建国,13800005678/13700066001,13900122041").records[0].people
    assert [one.phones for one in people] == [("13800005678", "13900122041"), ("13700066001",)]


def test_shares_make_a_whole() -> None:
    seven = "、".join(f"{name}(1/7)" for name in ["赵甲", "钱乙", "孙丙", "李丁", "周戊", "吴己", "郑庚"])
    assert codes(f"3,1,101,1,80,,{seven},") == []
    assert codes("3,1,101,1,80,,张伟,,,李四,1/2,") == []
    assert codes("3,1,101,1,80,,张伟,,,李四,1/2、1/3,") == ["SHARE_SUM"]
    assert codes("3,1,101,1,80,,张伟,,,李四,1/3、1/3、1/3,") == ["SHARE_COUNT"]
    assert codes("3,1,101,1,80,,张伟,,,,1/2,") == ["SHARE_SUM"]
    assert codes("3,1,101,1,80,,张伟,,,,1/2,", "3,1,101,1,80,,李四,,,,1/2,") == []


def test_a_room_on_two_rows() -> None:
    loaded = load("3,1,101,1,80,,张伟,13800005678", "3,1,101,1,80,,张伟,13900122041", "3-1-101,,,,,,,,")
    assert loaded.records[0].people[0].phones == ("13800005678", "13900122041")
    assert [one.code for one in loaded.notes] == ["ROOM_JOINED"]
    assert codes("3,1,101,1,80,,张伟,", "3,1,101,1,81,,李四,") == ["ROOM_TWICE"]


def test_what_deserves_a_look_is_said(village: Community) -> None:
    found = load("3-1-101,13800005678,x", head="房号,电话,备注,业主").notes
    assert [one.code for one in found][:2] == ["FLOOR_MISSING", "COLUMNS_LEFT"]
    loaded = load("3,1,101,夹层,80,怪,张伟,0571-88888888转12", "合计,,,,80,,,")
    assert [one.code for one in loaded.notes] == ["FLOOR_ORDER", "USAGE_UNKNOWN", "EXTENSION"]
    importing.apply(loaded, village, by=SYSTEM)
    room = Room.objects.get()
    assert (room.floor_label, room.floor_ordinal, room.usage) == ("夹层", 1, "HOME")


def test_a_floor_is_never_read_from_a_number(village: Community) -> None:
    put(village, "3-1-1203,张伟", head="房号,业主")
    assert [(one.floor_label, one.floor_ordinal) for one in Room.objects.all()] == [("", 1)]
    made = put(village, "3,1,1203,12,88.83,商铺,张伟,")
    assert made.counts()["changed_rooms"] == 1
    room = Room.objects.get()
    assert (room.floor_label, room.floor_ordinal, room.area_c, room.usage) == ("12", 12, 8883, "SHOP")


def test_a_wrong_row_writes_nothing(village: Community) -> None:
    with pytest.raises(Refused) as refused:
        put(village, "3,1,101,1,80,,张伟,13800005678", "3,1,102,1,0,,李四,13900122041")
    assert refused.value.code == "IMPORT_FAULTY"
    assert (Room.objects.count(), Person.objects.count()) == (0, 0)


def test_the_journal_tells_of_it_once(village: Community) -> None:
    for _time in range(2):
        put(village, "3,1,101,1,80,,张伟,13800005678")
    entry = Entry.objects.get(verb="estate.imported")
    assert (entry.subject_id, entry.data["rooms"]) == (village.id, 1)


NAMES = st.sampled_from(["张伟", "张 伟", "王秀英", "王秀英、李建国", "李建国(1/2)", ""])
PHONES = st.sampled_from(["13800005678", "13900122041", "13800005678/13900122041", ""])
LINES = st.lists(
    st.builds(
        lambda room, owner, phone, tenant, other: f"3,1,{room},1,80,,{owner},{phone},,,,{tenant},{other}",
        st.sampled_from(["101", "102", "103"]),
        NAMES,
        PHONES,
        NAMES,
        PHONES,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_whatever_a_file_says_it_says_it_once(village: Community, lines: list[str]) -> None:
    try:
        loaded = load(*lines)
        importing.apply(loaded, village, by=SYSTEM)
    except Refused:
        return
    assert importing.plan(loaded.records, village).is_empty
    assert importing.plan(load(*lines).records, village).is_empty
    for room in Room.objects.all():
        assert room.occupancies.filter(is_bill_payer=True).count() <= 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once() -> None:
    """Two connections on PostgreSQL, two open files on SQLite."""
    village = estate.community(code="v", name="村", sign="物业", hotline="400-800-1234")
    told: list[str] = []

    def second() -> None:
        try:
            put(village, "3,1,101,1,80,,张伟,13800005678")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    with locking.alone(village.id):
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert told == ["IMPORT_RUNNING"]
    assert put(village, "3,1,101,1,80,,张伟,13800005678").counts()["rooms"] == 1
