"""The sealed column: what the database holds, what the program reads, what is refused."""

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.serializers import serialize
from django.db import connection, models, transaction
from django.forms import modelform_factory
from hypothesis import given
from hypothesis import strategies as st

from anju.core.rows import Row
from anju.vault import keys
from anju.vault.errors import KeyMissing, Tampered
from anju.vault.fields import Sealed
from anju.vault.models import DataKey
from tests.vault.samples import Firm, Person

pytestmark = [pytest.mark.usefixtures("sample_tables"), pytest.mark.django_db]
PHONE = Person._meta.get_field("phone")


@pytest.fixture
def zhang():
    return Person.objects.create(community_id=1, name="张伟", phone="13800005678")


def stored(row, column="phone"):
    """The column as the database holds it."""
    return Person.objects.values_list(column, flat=True).get(pk=row.pk)


def put(row, blob, column="phone"):
    """Write to the column behind the program's back."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE samples_person SET {column} = %s WHERE id = %s", [blob, row.pk])


def test_the_database_holds_no_text(zhang):
    blob = bytes(stored(zhang))
    assert len(blob) == 37 + 11
    assert b"5678" not in blob
    assert Person.objects.get().phone == "13800005678"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_equal(text):
    row = Person(community_id=None, name="x")
    row.phone = text
    assert row.phone == text
    assert PHONE.unseal(row.pk, PHONE.seal(row, text)) == text


@pytest.mark.parametrize("text", ["😀👨‍👩‍👧", "𠮷䶮", "阿卜杜·拉", "a\x00b", "长" * 20_000])
def test_strange_text_is_stored_and_read(text):
    row = Person.objects.create(community_id=1, name=text)
    assert Person.objects.get(pk=row.pk).name == text


def test_nothing_and_empty_stay_what_they_are():
    row = Person.objects.create(community_id=1, name="", phone=None)
    assert bytes(stored(row, "name")) == b""
    assert stored(row) is None
    row = Person.objects.get()
    assert (row.name, row.phone) == ("", None)
    assert Person(community_id=1).name == ""
    assert Person(community_id=1).phone is None


def test_a_row_is_loaded_without_opening_anything(zhang):
    put(zhang, b"rubbish")
    row = Person.objects.get()
    row.age = 40
    assert row.name == "张伟"
    row.save(update_fields=["age"])
    with pytest.raises(Tampered):
        row.phone  # noqa: B018


def test_what_nobody_read_is_saved_as_it_was(zhang):
    before = stored(zhang)
    row = Person.objects.get()
    assert row.name == "张伟"
    row.age = 40
    row.save()
    assert (stored(zhang), Person.objects.get().age) == (before, 40)


def test_assigning_and_saving(zhang):
    zhang.phone = "13900001234"
    assert zhang.phone == "13900001234"
    zhang.save(update_fields=["phone"])
    assert Person.objects.get().phone == "13900001234"
    zhang.phone = None
    zhang.save()
    assert Person.objects.get().phone is None


@pytest.mark.parametrize("value", [13800005678, b"138", ["138"]])
def test_only_text_can_be_assigned(zhang, value):
    with pytest.raises(TypeError, match="takes text"):
        zhang.phone = value


def test_refreshing_forgets_what_was_read_or_assigned(zhang):
    other = Person.objects.get()
    other.phone = "13900001234"
    other.save()
    assert zhang.phone == "13800005678"
    zhang.name = "别人"
    zhang.refresh_from_db()
    assert (zhang.name, zhang.phone) == ("张伟", "13900001234")


def test_deferred_fields_come_when_asked(zhang, django_assert_num_queries):
    row = Person.objects.defer("phone").get()
    with django_assert_num_queries(1):
        assert row.phone == "13800005678"
        assert row.phone == "13800005678"
    only = Person.objects.only("phone").get()
    with django_assert_num_queries(0):
        assert only.phone == "13800005678"
    only.phone = "13900001234"
    only.save()
    row = Person.objects.get()
    assert (row.name, row.phone) == ("张伟", "13900001234")


def test_many_rows_at_once():
    rows = Person.objects.bulk_create(Person(community_id=i % 2, name=f"第{i}", phone=str(i)) for i in range(7))
    assert [row.name for row in Person.objects.order_by("id")] == [f"第{i}" for i in range(7)]
    unread = list(Person.objects.order_by("id"))
    unread[0].name, unread[1].phone, unread[2].phone = "新", None, ""
    assert Person.objects.bulk_update(unread, ["name", "phone"], batch_size=3) == 7
    found = Person.objects.in_bulk([row.pk for row in rows])
    assert [found[row.pk].name for row in rows] == ["新", *(f"第{i}" for i in range(1, 7))]
    assert [found[row.pk].phone for row in rows] == ["0", None, "", "3", "4", "5", "6"]


def test_update_or_create_and_get_or_create(zhang):
    row, made = Person.objects.update_or_create(id=zhang.pk, defaults={"phone": "1", "community_id": 1})
    assert (made, Person.objects.get().phone) == (False, "1")
    row, made = Person.objects.get_or_create(community_id=2, defaults={"name": "王秀英"})
    assert (made, Person.objects.get(pk=row.pk).name) == (True, "王秀英")


def test_update_cannot_seal(zhang):
    other = Person.objects.create(community_id=1, name="王秀英", phone="1")
    for value in ("139", other.phone, models.F("name"), models.Value("139"), 5):
        with pytest.raises(TypeError, match="cannot be set by update"), transaction.atomic():
            Person.objects.update(phone=value)
    assert Person.objects.get(pk=zhang.pk).phone == "13800005678"


def test_no_way_to_the_database_lets_text_through(zhang):
    zhang.phone = "13900001234"
    for prepare in (PHONE.get_db_prep_save, PHONE.get_db_prep_value):
        with pytest.raises(TypeError):
            prepare("13900001234", connection)
        assert PHONE.unseal(zhang.pk, prepare(zhang.phone_sealed, connection)) == "13900001234"
    assert PHONE.unseal(zhang.pk, None) is None


@pytest.mark.parametrize("value", [None, ""])
def test_update_can_erase(zhang, value):
    assert Person.objects.update(phone=value) == 1
    assert Person.objects.get().phone == value


def test_values_are_bytes_that_the_field_opens(zhang):
    pk, raw = Person.objects.values_list("pk", "phone").get()
    assert PHONE.unseal(pk, raw) == "13800005678"
    assert PHONE.unseal(pk, memoryview(bytes(raw))) == "13800005678"


@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__contains", "__startswith", "__gt", "__lower__exact"])
def test_comparing_is_refused(lookup):
    with pytest.raises(FieldError, match="sealed"):
        Person.objects.filter(**{f"phone{lookup}": "138"})


def test_absence_can_be_asked(zhang):
    Person.objects.create(community_id=1, name="王秀英")
    assert Person.objects.filter(phone__isnull=False).get() == zhang
    assert Person.objects.exclude(phone__isnull=False).get().name == "王秀英"


def test_a_value_moved_to_another_row_or_column_does_not_open(zhang):
    other = Person.objects.create(community_id=1, name="王秀英")
    put(other, stored(zhang))
    put(zhang, stored(zhang), "name")
    for row, name in ((other, "phone"), (zhang, "name")):
        with pytest.raises(Tampered):
            getattr(Person.objects.get(pk=row.pk), name)


def test_a_value_is_under_its_communitys_key(zhang):
    wang = Person.objects.create(community_id=2, name="王秀英")
    firm = Firm.objects.create(name="阳光物业")
    used = {1: stored(zhang, "name"), 2: stored(wang, "name"), None: Firm.objects.values_list("name", flat=True).get()}
    for community, blob in used.items():
        assert int.from_bytes(bytes(blob)[1:9], "big") == DataKey.objects.get(community_id=community).pk
    assert Firm.objects.get(pk=firm.pk).name == "阳光物业"


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(zhang):
    new = keys.rotate(1)
    row = Person.objects.get()
    assert row.phone == "13800005678"
    row.phone = "13800005678 "
    row.save()
    assert int.from_bytes(bytes(stored(zhang))[1:9], "big") == new
    assert int.from_bytes(bytes(stored(zhang, "name"))[1:9], "big") != new


def test_a_lost_key_is_told_and_not_written_back(zhang):
    row = Person.objects.get()
    DataKey.objects.all().delete()
    keys.forget()
    connection.run_on_commit.clear()
    with pytest.raises(KeyMissing):
        row.phone  # noqa: B018
    with pytest.raises(KeyMissing):
        row.save()


def test_a_copied_row_does_not_keep_bytes_it_cannot_open(zhang):
    row = Person.objects.get()
    row.pk = row.pk + 1
    row._state.adding = True
    with pytest.raises(Tampered):
        row.save()


def test_without_an_id_nothing_is_sealed():
    with pytest.raises(ValueError, match="has an id"):
        PHONE.seal(Person(id=None, community_id=1), "13800005678")


def test_text_outlives_its_row_only_with_it():
    plain = Person(community_id=1, name="张伟").name_sealed
    assert "张伟" not in repr(plain)
    with pytest.raises(ValueError, match="assign it again"):
        plain.row()


def test_forms_and_validation(zhang):
    form = modelform_factory(Person, fields=["name", "phone"])(instance=zhang)
    assert form.initial == {"name": "张伟", "phone": "13800005678"}
    form = modelform_factory(Person, fields=["name", "phone"])({"name": "张大伟", "phone": ""}, instance=zhang)
    form.save()
    assert (Person.objects.get().name, Person.objects.get().phone) == ("张大伟", "")
    row = Person.objects.get()
    row.full_clean()
    assert row.name == "张大伟"
    row.phone = "1" * 21
    row.name = ""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert set(refused.value.error_dict) == {"name", "phone"}


def test_sealed_text_is_not_written_to_fixtures(zhang):
    with pytest.raises(TypeError, match="fixtures"):
        serialize("json", [zhang])


def test_misuse_is_found_by_the_system_check():
    class Wrong(Row):
        phone = Sealed(unique=True)
        name = Sealed(default="张伟", db_index=True)

        class Meta:
            app_label = "samples"

    found = [error.id for error in Wrong.check() if error.id.startswith("vault.")]
    assert sorted(set(found)) == ["vault.E001", "vault.E002", "vault.E003"]
    assert Person.check() == Firm.check() == []


def test_a_renamed_field_stays_bound_to_its_old_name(zhang):
    class Renamed(Row):
        community_id = models.BigIntegerField()
        mobile = Sealed(bound_as="samples.person.phone")

        class Meta:
            app_label = "samples"

    field = Renamed._meta.get_field("mobile")
    assert field.unseal(zhang.pk, stored(zhang)) == "13800005678"
    assert field.deconstruct()[3] == {"bound_as": "samples.person.phone"}


def test_the_class_shows_the_descriptor():
    assert Person.phone.field is PHONE
