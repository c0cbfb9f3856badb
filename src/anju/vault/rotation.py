"""Turning keys while everybody works (R16.5). Every step may be stopped and asked for again; what is done is not redone.

Data keys: the old one is retired, then every value it sealed is sealed anew, batch by batch under row locks. The index
key: a new one is announced, takes over when every process searches with both, then the indexes are made anew, then the
old one goes. The master key: the data keys are wrapped anew. No step makes anything unreadable or unfindable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from anju.core import bulk, clock
from anju.vault import cipher, keys, master
from anju.vault.choices import KeyState, Purpose
from anju.vault.fields import Sealed
from anju.vault.models import DataKey

BATCH = 500
_HASH = re.compile(r"[0-9a-f]{32}")
"""What an index looks like; an erased person's does not."""
Index = dict[str, Callable[[Any], str]]
"""Index column -> what it must hold for a row. Models carry one as `vault_index`."""


@dataclass(slots=True)
class Done:
    """What a pass looked at and what it made anew: values, not rows."""

    seen: int = 0
    made: int = 0

    def __iadd__(self, other: "Done") -> "Done":
        self.seen += other.seen
        self.made += other.made
        return self


def held() -> models.QuerySet[DataKey]:
    """Every key there is, oldest first."""
    return DataKey.objects.order_by("purpose", "community_id", "id")


# --- data keys ----------------------------------------------------------------------------------------------------


def renew_data_keys() -> int:
    """New data keys for every community and the company, unless an earlier turn has not been finished; how many."""
    if unfinished().exists():
        return 0
    slots = DataKey.objects.filter(purpose=Purpose.DATA, state=KeyState.ACTIVE).values_list("community_id", flat=True)
    for community_id in list(slots):
        keys.rotate(community_id)
    return len(slots)


def unfinished() -> models.QuerySet[DataKey]:
    """Retired data keys that may still hold values."""
    return DataKey.objects.filter(purpose=Purpose.DATA, state=KeyState.RETIRED, done_at=None)


def reseal() -> Iterator[Done]:
    """Seal anew what a retired key sealed, in every table; gives the count of each batch."""
    for model in tables():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]
        if fields:
            yield from _batches(model, partial(_reseal, fields))


def finish() -> bool:
    """Mark the turn of the data keys as finished, after a pass over everything that found nothing. False when some
    process may still seal with an old key: then pass again later."""
    waiting = unfinished().filter(retired_at__gt=clock.now() - keys.SETTLED)
    if waiting.exists():
        return False
    unfinished().update(done_at=clock.now())
    return True


def _reseal(fields: "list[Sealed[Any, Any]]", rows: list[models.Model]) -> Done:
    done, stale = Done(), []
    for row in rows:
        old = [field for field in fields if _is_old(field, row)]
        done += Done(len(fields), len(old))
        for field in old:
            setattr(row, field.name, getattr(row, field.name))
        if old:
            stale.append(row)
    bulk.update(stale, [field.name for field in fields])
    return done


def _is_old(field: "Sealed[Any, Any]", row: models.Model) -> bool:
    raw = getattr(row, field.attname)
    return bool(raw) and cipher.key_id(bytes(raw)) != keys.active(field.community_of(row)).id


# --- the index key ------------------------------------------------------------------------------------------------


def announce() -> None:
    """Make the index key that will take over; nothing when one is already under way."""
    keys.active(None, Purpose.BLIND)
    with transaction.atomic():
        under_way = Q(state=KeyState.COMING) | Q(state=KeyState.LEAVING)
        if not _index_keys().select_for_update().filter(under_way).exists():
            keys.new((None, Purpose.BLIND), KeyState.COMING).save(force_insert=True)
    keys.forget()


@transaction.atomic
def take_over() -> bool:
    """Let the announced key make the indexes from now on; False when it is too new for every process to know it."""
    coming = _index_keys().select_for_update().filter(state=KeyState.COMING).first()
    if coming is None:
        return True
    if clock.now() < coming.created_at + keys.SETTLED:
        return False
    _index_keys().filter(state=KeyState.ACTIVE).update(state=KeyState.LEAVING, retired_at=clock.now())
    _index_keys().filter(pk=coming.pk).update(state=KeyState.ACTIVE)
    keys.remember(coming, (None, Purpose.BLIND))
    return True


def leaving() -> DataKey | None:
    """The index key on its way out."""
    return _index_keys().filter(state=KeyState.LEAVING).first()


def leave(key: DataKey) -> bool:
    """Search no more with the old index key, after a pass that found nothing; False when it is too early."""
    if key.retired_at is None or clock.now() < key.retired_at + keys.SETTLED:
        return False
    _index_keys().filter(pk=key.pk).update(state=KeyState.RETIRED, done_at=clock.now())
    keys.forget()
    return True


def reindex() -> Iterator[Done]:
    """Make every index column anew; gives the count of each batch."""
    for model in tables():
        index: Index = getattr(model, "vault_index", {})
        if index:
            yield from _batches(model, partial(_reindex, index))


def _reindex(index: Index, rows: list[models.Model]) -> Done:
    done, stale = Done(), []
    for row in rows:
        right = {name: make(row) for name, make in index.items()}
        wrong = [
            name for name, value in right.items() if getattr(row, name) != value and _HASH.fullmatch(getattr(row, name))
        ]
        done += Done(len(index), len(wrong))
        for name in wrong:
            setattr(row, name, right[name])
        if wrong:
            stale.append(row)
    bulk.update(stale, list(index))
    return done


def _index_keys() -> models.QuerySet[DataKey]:
    return DataKey.objects.filter(purpose=Purpose.BLIND)


# --- the master key -----------------------------------------------------------------------------------------------


@transaction.atomic
def rewrap() -> int:
    """Wrap by the newest master key every data key that an older one wrapped; how many."""
    master.forget()
    stale = [row for row in DataKey.objects.select_for_update() if not master.current().is_current(bytes(row.wrapped))]
    for row in stale:
        row.wrapped = master.current().wrap(keys.opened(row), keys.context(row))
        row.save(update_fields=["wrapped"])
    return len(stale)


# --- going through tables -----------------------------------------------------------------------------------------


def tables() -> list[type[models.Model]]:
    """Every table of every room."""
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _batches(model: type[models.Model], work: Callable[[list[models.Model]], Done]) -> Iterator[Done]:
    """Rows in the order of their ids, locked while they are worked on; each batch is its own transaction."""
    last: Any = None
    while True:
        with transaction.atomic():
            rows = model._base_manager.select_for_update().order_by("pk")
            batch = list((rows.filter(pk__gt=last) if last is not None else rows)[:BATCH])
            done = work(batch) if batch else None
        if done is None:
            return
        yield done
        last = batch[-1].pk
