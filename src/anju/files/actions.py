"""Keeping and dropping files."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files import disk, naming, pictures, sniff
from anju.files.models import File
from anju.vault import cipher, keys
from anju.vault.rotation import Done

MAX_VOICE = 2 * 1024 * 1024
"""A minute at the rate our pages record takes a quarter of a megabyte; an iPhone may take four times as much."""
_BATCH = 500


def keep(data: bytes, name: str, *, community_id: int | None, by: Scope) -> File:
    """Keep a photo; call it before the transaction that refers to it, decoding takes its time.

    Raises Refused: MEDIA_TYPE, PHOTO_TOO_LARGE, PHOTO_BROKEN about what was sent; FILE_NOT_STORED (503) when the disk
    does not take it, so that the caller can save the words without the picture.
    """
    picture = pictures.tidy(data)
    file = File(
        community_id=community_id,
        name=naming.safe(name, picture.mime),
        mime=picture.mime,
        sha256=sha256(picture.data).hexdigest(),
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
        created_at=clock.now(),
        created_by=by.actor_id,
    )
    return _stored(file, picture.data)


def keep_voice(data: bytes, *, community_id: int | None, by: Scope) -> File:
    """Keep a voice note as it was recorded; nothing plays it but a browser.

    Raises Refused: VOICE_TYPE, VOICE_TOO_LARGE about what was sent; FILE_NOT_STORED (503).
    """
    mime = sniff.sound(data)
    if mime is None:
        raise Refused("VOICE_TYPE", _("这段录音打不开，请重新录一次，或写一句"))
    if len(data) > MAX_VOICE:
        raise Refused("VOICE_TOO_LARGE", _("录音太长，请录1分钟以内"))
    file = File(
        community_id=community_id,
        name=f"voice.{mime.removeprefix('audio/')}",
        mime=mime,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        width=0,
        height=0,
        created_at=clock.now(),
        created_by=by.actor_id,
    )
    return _stored(file, data)


def _stored(file: File, data: bytes) -> File:
    sealed = keys.active(file.community_id).seal(data, file.seal_context)
    try:
        disk.write(file.token, sealed)
    except OSError as error:
        raise Refused("FILE_NOT_STORED", _("照片没有存上，文字已可提交，请稍后补传照片"), status=503) from error
    file.save(force_insert=True)
    return file


def drop(file: File) -> None:
    """Forget a file: the row now, its bytes when the transaction commits."""
    token = file.token
    file.delete()
    transaction.on_commit(lambda: disk.remove(token))


def reseal() -> Iterator[Done]:
    """Seal anew the bytes that a retired data key sealed; gives the count of each batch.

    A file that is dropped meanwhile leaves bytes without a row, which `sweep` removes.
    """
    last = 0
    while batch := list(File.objects.filter(id__gt=last).order_by("id")[:_BATCH]):
        yield Done(len(batch), sum(map(_reseal, batch)))
        last = batch[-1].id


def _reseal(file: File) -> bool:
    key = keys.active(file.community_id)
    try:
        blob = disk.read(file.token)
    except FileNotFoundError:
        return False
    made_by = cipher.key_id(blob)
    if made_by != key.id:
        opened = keys.by_id(made_by).open(blob, file.seal_context)
        disk.write(file.token, key.seal(opened, file.seal_context))
    return made_by != key.id


def sweep(before: datetime) -> int:
    """Remove files that no row of any room refers to, and bytes without a row, both from before `before`.

    `before` must leave time for a form in progress: a day. Returns how many files and stray bytes went.
    """
    tokens = File.objects.values_list("token", flat=True)
    known = {disk.name(token) for token in tokens.iterator(chunk_size=_BATCH)}
    gone = 0
    for file in _unreferenced(before).iterator(chunk_size=_BATCH):
        drop(file)
        gone += 1
    for path in list(disk.older_than(before)):
        if path not in known:
            disk.remove_path(path)
            gone += 1
    return gone


def _unreferenced(before: datetime) -> QuerySet[File]:
    files = File.objects.filter(created_at__lt=before)
    for relation in _relations():
        users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        files = files.exclude(Exists(users))
    return files


def _relations() -> list[ForeignObjectRel]:
    """The columns of all rooms that refer to files; this room does not know the rooms."""
    found = File._meta.get_fields(include_hidden=True)
    return [relation for relation in found if isinstance(relation, ForeignObjectRel)]
