"""Keeping, reading, dropping and sweeping: the row and the bytes on the disk."""

import errno
import os
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection, models, transaction

from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Kind, Scope
from anju.files import actions, disk, queries
from anju.files.models import File
from anju.vault.errors import Tampered
from tests.files import made

pytestmark = pytest.mark.django_db
LI = Scope(Kind.STAFF, staff_id=5)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.ANJU_DATA_DIR = tmp_path
    return tmp_path / "files"


@pytest.fixture
def kept():
    return actions.keep(made.phone_photo(), "厨房.jpg", community_id=1, by=LI)


def on_disk(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_known_of_a_kept_photo(kept, clock):
    row = File.objects.get()
    data = queries.read(row)
    assert (row.community_id, row.created_by, row.created_at) == (1, 5, clock.now())
    assert (row.name, row.mime, row.width, row.height) == ("厨房.jpg", "image/jpeg", 200, 300)
    assert (row.size, row.sha256) == (len(data), sha256(data).hexdigest())
    assert row.taken_at is not None
    assert str(row) == f"image/jpeg {row.pk}"
    assert actions.keep(made.jpeg(), "x", community_id=None, by=SYSTEM).created_by is None


def test_the_token_is_unguessable_and_finds_only_its_file(kept):
    assert len(kept.token) >= 22
    assert queries.by_token(kept.token) == kept
    last = "A" if kept.token[-1] != "A" else "B"
    for wrong in (
        kept.token[:-1] + last,
        kept.token[:-1],
        "",
        str(kept.pk),
        "../" + kept.token,
        "\x00" * 22,
        "x" * 9999,
    ):
        assert queries.by_token(wrong) is None


def test_the_disk_holds_only_ciphertext_for_our_eyes(kept, folder):
    (path,) = on_disk(folder)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {p.stat().st_mode & 0o777 for p in (folder, path.parent)} == {0o700}
    assert path.parent.name == path.relative_to(folder).parts[0]
    assert len(path.parent.name) == 2
    assert kept.token not in str(path)
    assert b"JFIF" not in path.read_bytes()
    assert queries.read(kept)[6:10] == b"JFIF"


def test_changed_or_swapped_bytes_do_not_open(kept, folder):
    other = actions.keep(made.jpeg(), "x", community_id=1, by=LI)
    places = [folder / disk.name(file.token) for file in (kept, other)]
    places[0].write_bytes(places[1].read_bytes())
    places[1].write_bytes(places[1].read_bytes()[:-1])
    for file in (kept, other):
        with pytest.raises(Tampered):
            queries.read(file)


def test_a_lost_file_is_said_to_be_gone(kept):
    disk.remove(kept.token)
    disk.remove(kept.token)
    with pytest.raises(Refused) as refused:
        queries.read(kept)
    assert (refused.value.code, refused.value.status) == ("FILE_GONE", 404)


def test_the_same_photo_fifty_times_is_fifty_files():
    data = made.jpeg((40, 30))
    files = [actions.keep(data, "x.jpg", community_id=1, by=LI) for _ in range(50)]
    assert len({file.token for file in files}) == 50
    assert len({queries.read(file) for file in files}) == 1


@pytest.mark.parametrize(("edge", "width"), [(1, 160), (160, 160), (161, 320), (640, 640), (5000, 1000)])
def test_small_copies_come_in_few_sizes(edge, width):
    file = actions.keep(made.jpeg((1500, 1000)), "x", community_id=1, by=LI)
    assert made.opened(queries.thumb(file, edge)).width == width


def test_a_small_photo_is_its_own_copy(kept):
    assert queries.thumb(kept, 320) == queries.read(kept)


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_a_full_disk_refuses_the_photo_and_leaves_nothing(monkeypatch, folder, step):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    target = {"write": (disk, "_write_through"), "fsync": (os, "fsync"), "rename": (disk.Path, "rename")}[step]
    monkeypatch.setattr(*target, full)
    with pytest.raises(Refused) as refused:
        actions.keep(made.jpeg(), "x", community_id=1, by=LI)
    assert (refused.value.code, refused.value.status) == ("FILE_NOT_STORED", 503)
    assert File.objects.count() == 0
    assert on_disk(folder) == []


def test_a_folder_that_cannot_be_written(settings, tmp_path):
    settings.ANJU_DATA_DIR = tmp_path / "plain"
    settings.ANJU_DATA_DIR.write_text("a file")
    with pytest.raises(Refused, match="FILE_NOT_STORED"):
        actions.keep(made.jpeg(), "x", community_id=1, by=LI)


def test_a_dropped_file_goes_when_the_transaction_commits(kept, folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            actions.drop(kept)
        assert len(on_disk(folder)) == 1
    assert File.objects.count() == 0
    assert on_disk(folder) == []


def test_an_undone_drop_keeps_the_bytes(kept, folder):
    with transaction.atomic():
        actions.drop(kept)
        transaction.set_rollback(True)
    assert len(on_disk(folder)) == 1
    assert queries.read(File.objects.get())


class Album(models.Model):
    """Somebody who keeps a photo."""

    file = models.ForeignKey(File, models.PROTECT, related_name="+", null=True)

    class Meta:
        app_label = "samples"


@pytest.fixture
def album(monkeypatch):
    """A table that refers to files, as the rooms above do."""
    relation = Album._meta.get_field("file").remote_field
    monkeypatch.setattr(actions, "_relations", lambda: [relation])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE samples_album (id INTEGER PRIMARY KEY, file_id BIGINT NULL)")
    return lambda number, file: connection.cursor().execute("INSERT INTO samples_album VALUES (%s, %s)", [number, file])


class TestSweep:
    """Twice a day everything goes that nobody refers to."""

    def test_a_file_that_is_referred_to_stays(self, kept, album, clock, django_capture_on_commit_callbacks):
        album(1, None)
        album(2, kept.pk)
        stray = actions.keep(made.jpeg(), "x", community_id=1, by=LI)
        clock.advance(timedelta(days=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.sweep(clock.now()) == 1
        assert File.objects.get() == kept
        assert queries.read(kept)
        assert queries.by_token(stray.token) is None

    def test_a_form_in_progress_is_left_alone(self, kept, clock, folder):
        assert actions.sweep(clock.now()) == 0
        assert len(on_disk(folder)) == 1

    def test_bytes_without_a_row_go(self, kept, album, clock, folder):
        album(1, kept.pk)
        disk.write("token-of-an-undone-transaction", b"x")
        before = clock.now() + timedelta(hours=1)
        (folder / "ab").mkdir(exist_ok=True)
        draft = folder / "ab" / "cdef.123.part"
        draft.write_bytes(b"x")
        os.utime(draft, (clock.now().timestamp(),) * 2)
        assert actions.sweep(clock.now()) == 0
        assert actions.sweep(before) == 2
        assert [path.relative_to(folder).as_posix() for path in on_disk(folder)] == [disk.name(kept.token)]

    def test_an_empty_office_has_nothing_to_sweep(self, clock):
        assert actions.sweep(clock.now()) == 0


def test_every_reference_in_the_house_is_a_foreign_key_that_the_sweep_sees(kept):
    names = {f"{relation.related_model._meta.label}.{relation.field.name}" for relation in actions._relations()}
    assert "tickets.Photo.file" in names
