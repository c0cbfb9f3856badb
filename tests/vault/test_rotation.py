"""Keys turn while people work: at every moment everything opens and everybody is found (R16.5)."""

import os
from datetime import timedelta
from itertools import islice

import pytest
from django.core.exceptions import ImproperlyConfigured

from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import queries as register
from anju.estate.models import Contact, Person
from anju.files import actions as files
from anju.files import disk
from anju.files import queries as kept
from anju.privacy.actions import requesting
from anju.tickets import queries as tickets
from anju.tickets.actions import indexing
from anju.tickets.models import Ticket
from anju.vault import cipher, erasing, keys, master, rotation
from anju.vault.blind import blind, blinds, sign
from anju.vault.choices import Purpose
from anju.vault.errors import MasterKeyMissing
from anju.vault.models import DataKey
from tests.cast import Cast
from tests.pictures import photo

PHONE, TEXT = "13800005678", "厨房水龙头一直滴漏"


@pytest.fixture
def cast(db):
    cast = Cast()
    cast.report(TEXT)
    return cast


def made(batches):
    return sum(done.made for done in batches)


def everything_works(cast):
    """Reading, finding by phone, by name in an import, by words."""
    keys.forget()
    assert Ticket.objects.get().text == TEXT
    assert {row.phone for row in Contact.objects.all()} >= {PHONE}
    assert [one.name for one in register.people_by_phone(cast.community.id, PHONE)] == ["张伟"]
    assert [one.text for one in tickets.search(SYSTEM, "水龙头 滴漏")] == [TEXT]
    assert tickets.search(SYSTEM, "水管") == []


def sealing_keys():
    rows = [row.phone_sealed for row in Contact.objects.all()] + [row.text_sealed for row in Ticket.objects.all()]
    return {cipher.key_id(bytes(raw)) for raw in rows}


def test_data_keys_turn_in_pieces(cast, clock, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    kept_file = files.keep(photo(), "门.jpg", community_id=cast.community.id, by=SYSTEM)
    bytes_before = kept.read(kept_file)
    (old,) = sealing_keys()
    assert rotation.renew_data_keys() == 2  # the company's and the community's
    everything_works(cast)
    list(islice(rotation.reseal(), 6))  # and then somebody stops it
    everything_works(cast)
    assert rotation.renew_data_keys() == 0  # the turn before is not over
    assert not rotation.finish()
    assert made(rotation.reseal()) > 0
    assert made(files.reseal()) == 1
    assert made(rotation.reseal()) == made(files.reseal()) == 0
    clock.advance(keys.SETTLED)
    assert rotation.finish()
    everything_works(cast)
    assert sealing_keys() == {keys.active(cast.community.id).id} != {old}
    assert cipher.key_id(disk.read(kept_file.token)) == keys.active(cast.community.id).id
    assert kept.read(kept_file) == bytes_before
    assert rotation.renew_data_keys() == 2


def test_a_row_changed_meanwhile_keeps_its_change(cast):
    stale = Person.objects.get(id=cast.garden.people["张伟"].id)
    rotation.renew_data_keys()
    list(rotation.reseal())
    stale.save()  # read before, written after: back under the old key, and still open
    keys.forget()
    assert Person.objects.get(id=stale.id).name == "张伟"
    assert made(rotation.reseal()) == 2  # name and openid


def test_the_index_key_turns_in_steps(cast, clock):
    label = sign("x", "label")
    before = blind(PHONE, "phone")
    rotation.announce()
    rotation.announce()  # asked twice, made once
    assert len(blinds(PHONE, "phone")) == 2
    assert blind(PHONE, "phone") == before
    assert not rotation.take_over()
    everything_works(cast)

    clock.advance(keys.SETTLED)
    assert rotation.take_over()
    keys.forget()
    assert blinds(PHONE, "phone")[1] == before
    everything_works(cast)
    estate.person(community_id=cast.community.id, name="新住户", phones=["13911112222"])
    assert [one.name for one in register.people_by_phone(cast.community.id, "13911112222")] == ["新住户"]

    assert made(rotation.reindex()) > 0
    assert made(indexing.renew()) == 1
    assert made(rotation.reindex()) == made(indexing.renew()) == 0
    everything_works(cast)
    leaving = rotation.leaving()
    assert leaving is not None
    assert not rotation.leave(leaving)
    clock.advance(keys.SETTLED)
    assert rotation.leave(leaving)
    assert rotation.leaving() is None
    everything_works(cast)
    assert blinds(PHONE, "phone") == (blind(PHONE, "phone"),)
    assert Contact.objects.filter(tail_hash=blind("5678", "tail")).exists()
    assert before not in str(list(Contact.objects.values_list("phone_hash")))
    assert sign("x", "label") == label  # printed codes stay valid


@pytest.fixture
def master_file(settings, monkeypatch, tmp_path):
    settings.ANJU_MASTER_KEY_FILE = tmp_path / "master.key"
    settings.ANJU_MASTER_KEY_FILE.write_text(os.environ["ANJU_MASTER_KEY"])
    monkeypatch.delenv("ANJU_MASTER_KEY")
    keys.forget()
    yield settings.ANJU_MASTER_KEY_FILE
    keys.forget()


def test_the_master_key_turns_under_a_running_process(master_file, clock, db):
    cast = Cast()
    cast.report(TEXT)
    running = master.current()
    master.renew()
    assert len(master_file.read_text().split()) == 2
    assert rotation.rewrap() == DataKey.objects.count()
    assert rotation.rewrap() == 0
    with pytest.raises(MasterKeyMissing):
        running.unwrap(bytes(DataKey.objects.first().wrapped), b"1")
    everything_works(cast)  # a process that held the old one reads the file again
    with pytest.raises(ImproperlyConfigured, match="younger than an hour"):
        master.drop_old()
    clock.advance(timedelta(hours=1))
    assert (master.drop_old(), master.drop_old()) == (1, 0)
    everything_works(cast)


def test_a_master_key_in_the_environment_turns_by_putting_the_new_one_first(db, monkeypatch):
    old = keys.active(1).raw
    monkeypatch.setenv(
        "ANJU_MASTER_KEY",
        "YW5vdGhlciBtYXN0ZXIga2V5IG9mIHRoZSB0ZXN0cyE=," + "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRoZSB0ZXN0cyE=",
    )
    master.forget()
    assert rotation.rewrap() == 1
    monkeypatch.setenv("ANJU_MASTER_KEY", "YW5vdGhlciBtYXN0ZXIga2V5IG9mIHRoZSB0ZXN0cyE=")
    keys.forget()
    assert keys.active(1).raw == old
    with pytest.raises(ImproperlyConfigured):
        master.renew()


def test_a_key_service_may_stand_behind_the_same_interface(db, settings):
    settings.ANJU_KMS = "tests.vault.service"
    keys.forget()
    raw = keys.active(1).raw
    assert bytes(DataKey.objects.get(community_id=1).wrapped).startswith(b"service")
    keys.forget()
    assert keys.active(1).raw == raw
    settings.ANJU_KMS = ""
    keys.forget()


def test_an_erased_person_is_noted_and_left_alone(cast, settings, tmp_path):
    settings.ANJU_DATA_DIR = tmp_path
    person = cast.garden.people["孙立"]
    assert requesting.erase([person.id], by=SYSTEM) == 1
    assert erasing.noted() == [person.id]
    assert register.erasable([person.id, cast.garden.people["张伟"].id]) == [cast.garden.people["张伟"].id]
    list(rotation.reindex())
    assert Person.objects.get(id=person.id).name_hash.startswith("erased-")


def test_indexes_name_every_hash_column():
    """A hash that the rotation does not know would be lost with the old key."""
    from_models = {
        f"{model._meta.label}.{name}" for model in rotation.tables() for name in getattr(model, "vault_index", {})
    }
    known = {"accounts.LoginCode.phone_hash", "accounts.LoginTrial.name_hash"}  # not of the index key
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in rotation.tables()
        for field in model._meta.concrete_fields
        if field.name.endswith("_hash")
    }
    assert columns - known == from_models


def test_purposes_have_keys_of_their_own(db):
    assert len({keys.active(None, purpose).raw for purpose in Purpose}) == len(Purpose)
