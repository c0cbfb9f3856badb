"""Data keys: one ACTIVE per community, never a key that is not in the database."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from anju.core import clock as core_clock
from anju.vault import keys, master
from anju.vault.choices import KeyState, Purpose
from anju.vault.errors import KeyMissing, MasterKeyMissing
from anju.vault.models import DataKey

pytestmark = pytest.mark.django_db


@contextmanager
def undone():
    """A transaction (or savepoint) that is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def states(community_id):
    return sorted(DataKey.objects.filter(community_id=community_id).values_list("state", flat=True))


def rotate_like_another_process(community_id):
    """A rotation that this process did not see."""
    before = dict(keys._active)
    try:
        return keys.rotate(community_id)
    finally:
        keys._active.update(before)
        connection.close()


def test_a_community_gets_one_key_of_its_own():
    keys.ensure(1)
    keys.ensure(1)
    keys.ensure(2)
    assert states(1) == states(2) == ["ACTIVE"]
    assert keys.active(1).raw != keys.active(2).raw
    assert DataKey.objects.get(community_id=1).created_at == core_clock.now()


def test_the_company_has_one_key_for_each_purpose():
    ids = {keys.active(None).id, keys.active(None, Purpose.BLIND).id}
    keys.forget()
    assert ids == {keys.active(None).id, keys.active(None, Purpose.BLIND).id}
    assert DataKey.objects.count() == 2


def test_the_bytes_are_stored_only_wrapped():
    key = keys.active(1)
    row = DataKey.objects.get()
    assert key.raw not in bytes(row.wrapped)
    assert key.raw.hex() not in str(row)


def test_a_known_key_costs_no_query(django_assert_num_queries):
    key = keys.active(1)
    with django_assert_num_queries(0):
        assert keys.active(1) is key
        assert keys.by_id(key.id) is key


def test_a_stored_key_is_read_once(django_assert_num_queries):
    first = keys.active(1)
    keys.forget()
    connection.run_on_commit.clear()
    with django_assert_num_queries(1):
        assert keys.active(1).raw == first.raw
        assert keys.by_id(first.id).raw == first.raw


def test_a_key_read_by_its_id_is_read_once(django_assert_num_queries):
    ids = [keys.active(community).id for community in (1, 2)]
    keys.forget()
    connection.run_on_commit.clear()
    with django_assert_num_queries(2):
        assert [keys.by_id(key_id).id for key_id in ids] == ids
        assert [keys.by_id(key_id).id for key_id in ids] == ids


def test_an_unknown_key_is_missing():
    with pytest.raises(KeyMissing):
        keys.by_id(12345)


def test_callbacks_run_early_prove_nothing(django_capture_on_commit_callbacks):
    with undone(), django_capture_on_commit_callbacks(execute=True):
        lost = keys.active(1)
    assert keys.active(1).id != lost.id


def test_a_rotation_retires_and_keeps(clock):
    old = keys.active(1)
    clock.advance(timedelta(days=365))
    new = keys.rotate(1)
    assert keys.active(1).id == new != old.id
    assert keys.by_id(old.id) is old
    assert states(1) == ["ACTIVE", "RETIRED"]
    retired = DataKey.objects.get(state=KeyState.RETIRED)
    assert (retired.pk, retired.retired_at) == (old.id, clock.now())


def test_a_rotation_leaves_others_alone():
    other, index = keys.active(2).id, keys.active(None, Purpose.BLIND).id
    keys.rotate(1)
    keys.rotate(None)
    assert (keys.active(2).id, keys.active(None, Purpose.BLIND).id) == (other, index)


def test_a_lost_master_key_is_not_replaced(settings, monkeypatch, tmp_path):
    keys.active(1)
    keys.forget()
    monkeypatch.delenv("ANJU_MASTER_KEY")
    settings.ANJU_MASTER_KEY_FILE = tmp_path / "master.key"
    with pytest.raises(MasterKeyMissing):
        keys.active(2)
    assert not settings.ANJU_MASTER_KEY_FILE.exists()


def test_the_first_key_makes_the_master_key(settings, monkeypatch, tmp_path):
    monkeypatch.delenv("ANJU_MASTER_KEY")
    settings.ANJU_MASTER_KEY_FILE = tmp_path / "master.key"
    keys.forget()
    first = keys.active(1).raw
    keys.forget()
    assert master.exists()
    assert keys.active(1).raw == first


class TestCommits:
    """With real commits."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def test_a_committed_key_serves_the_process(self, django_assert_num_queries):
        with transaction.atomic():
            key = keys.active(1)
        with transaction.atomic(), django_assert_num_queries(0):
            assert keys.active(1) is key

    def test_a_key_met_by_its_id_is_known_but_not_active(self, django_assert_num_queries):
        key = keys.active(1)
        keys.forget()
        with django_assert_num_queries(1):
            assert keys.by_id(key.id).raw == keys.by_id(key.id).raw == key.raw
        with django_assert_num_queries(1):
            assert keys.active(1).id == key.id

    def test_outside_a_transaction_too(self, django_assert_num_queries):
        key = keys.active(1)
        with django_assert_num_queries(0):
            assert keys.active(1) is key

    def test_a_key_of_an_undone_transaction_is_forgotten(self):
        with undone():
            lost = keys.active(1)
            assert keys.active(1) is lost
        assert keys.active(1).id != lost.id
        assert states(1) == ["ACTIVE"]
        with pytest.raises(KeyMissing):
            keys.by_id(lost.id)

    def test_a_key_of_an_undone_savepoint_is_forgotten(self):
        with transaction.atomic():
            with undone():
                lost = keys.active(1)
            kept = keys.active(1)
        assert keys.active(1) is kept
        assert kept.id != lost.id

    def test_an_undone_rotation_leaves_the_old_key(self):
        old = keys.active(1)
        with undone():
            keys.rotate(1)
        assert keys.active(1) is old
        assert states(1) == ["ACTIVE"]

    def test_a_rotation_elsewhere_is_noticed_after_the_transaction(self, monkeypatch, django_assert_num_queries):
        old = keys.active(1)
        with ThreadPoolExecutor(1) as elsewhere:
            new = elsewhere.submit(rotate_like_another_process, 1).result()
        monkeypatch.setattr(keys, "FRESH", 0.0)
        with transaction.atomic(), django_assert_num_queries(0):
            assert keys.active(1) is old
        assert keys.active(1).id == new

    def test_outside_a_transaction_it_is_noticed_at_once(self, monkeypatch):
        keys.active(1)
        with ThreadPoolExecutor(1) as elsewhere:
            new = elsewhere.submit(rotate_like_another_process, 1).result()
        monkeypatch.setattr(keys, "FRESH", 0.0)
        assert keys.active(1).id == new

    def test_asking_again_early_proves_nothing(self, monkeypatch, django_capture_on_commit_callbacks):
        old = keys.active(1)
        monkeypatch.setattr(keys, "FRESH", 0.0)
        with transaction.atomic(), django_capture_on_commit_callbacks(execute=True):
            DataKey.objects.update(state=KeyState.RETIRED)
            assert keys.active(1) is old

    def test_of_many_at_once_one_makes_the_key(self):
        def ensure(_):
            try:
                return keys.active(1).id
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as pool:
            ids = set(pool.map(ensure, range(12)))
        assert len(ids) == 1
        assert states(1) == ["ACTIVE"]

    def test_of_many_rotations_at_once_one_key_is_active(self):
        def rotate(_):
            try:
                return keys.rotate(1)
            finally:
                connection.close()

        keys.ensure(1)
        with ThreadPoolExecutor(4) as pool:
            ids = set(pool.map(rotate, range(4)))
        active = DataKey.objects.get(state=KeyState.ACTIVE)
        assert active.pk in ids
        assert keys.active(1).id in ids
