"""Data keys: made on demand, unwrapped once per process, never used beyond a transaction that was undone.

A key that was stored or read inside an open transaction is remembered by a callback in that transaction's list of
commit callbacks. Django drops the callback when the transaction or the savepoint around it is undone, and with it the
key; on commit the callback moves the key into the cache of the process. So later rows can only be sealed with a key
that surely is in the database.
"""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from anju.core import clock
from anju.vault import master
from anju.vault.choices import KeyState, Purpose
from anju.vault.cipher import KEY_SIZE, Key
from anju.vault.errors import KeyMissing, MasterKeyMissing
from anju.vault.models import DataKey

FRESH = 300.0
"""Seconds after which a process asks again which key is ACTIVE, so that a rotation elsewhere reaches it.

It asks between transactions: inside one, the connection may be busy taking rows that wait for this very key.
"""

SETTLED = timedelta(seconds=FRESH + 60)
"""After so long every process has noticed: those that were inside a transaction too, which ends within a minute."""

Slot = tuple[int | None, str]
_known: dict[int, Key] = {}
_active: dict[Slot, tuple[Key, float]] = {}
_searched: dict[None, tuple[tuple[Key, ...], float]] = {}


class _UntilCommit:
    """A key that becomes known to the process when the transaction it was met in commits."""

    __slots__ = ("key", "slot")

    def __init__(self, key: Key, slot: Slot | None) -> None:
        self.key = key
        self.slot = slot

    def __call__(self) -> None:
        if connection.in_atomic_block:  # a test that runs the callbacks early; nothing is committed
            return
        _known[self.key.id] = self.key
        if self.slot:
            _active[self.slot] = (self.key, clock.stopwatch())


class _SearchedUntilCommit:
    """The same for the keys that are searched under: asked once per transaction, not once per value."""

    __slots__ = ("found",)

    def __init__(self, found: tuple[tuple[Key, ...], float]) -> None:
        self.found: tuple[tuple[Key, ...], float] | None = found

    def __call__(self) -> None:
        if self.found and not connection.in_atomic_block:
            _searched[None] = self.found


def active(community_id: int | None, purpose: str = Purpose.DATA) -> Key:
    """The key that seals new values of a community (None: of the company), made when there is none yet."""
    slot = (community_id, str(purpose))
    held = _active.get(slot)
    if held and clock.stopwatch() - held[1] >= FRESH:
        _active[slot] = (held[0], clock.stopwatch())
        transaction.on_commit(lambda: _read_again(slot), robust=True)
        held = _active[slot]
    if held:
        return held[0]
    for waiting in _waiting():
        if waiting.slot == slot:
            return waiting.key
    return remember(_actives(slot).first() or _made(slot), slot)


def by_id(key_id: int) -> Key:
    """The key with this id, whatever its state. Raises KeyMissing."""
    key = _known.get(key_id)
    if key:
        return key
    for waiting in _waiting():
        if waiting.key.id == key_id:
            return waiting.key
    row = DataKey.objects.filter(pk=key_id).first()
    if row is None:
        raise KeyMissing(f"no data key {key_id}")
    return remember(row, None)


def searched() -> tuple[Key, ...]:
    """The index keys under which rows may be stored: the active one first, and one on its way in or out."""
    first = active(None, Purpose.BLIND)
    held = _searched.get(None) or _searched_here() or _search_again()
    if clock.stopwatch() - held[1] >= FRESH:
        transaction.on_commit(_search_again, robust=True)  # at once outside a transaction
        held = _searched.get(None) or held
    return (first, *(key for key in held[0] if key.id != first.id))


def _search_again() -> tuple[tuple[Key, ...], float]:
    rows = DataKey.objects.filter(purpose=Purpose.BLIND).exclude(state=KeyState.RETIRED).order_by("id")
    found = tuple(remember(row, None) for row in rows), clock.stopwatch()
    _drop_searches()
    transaction.on_commit(_SearchedUntilCommit(found))  # at once outside a transaction
    return found


def _searched_here() -> tuple[tuple[Key, ...], float] | None:
    return next((call.found for call in _searches() if call.found), None)


def _searches() -> Iterator[_SearchedUntilCommit]:
    return (call for call in _callbacks() if isinstance(call, _SearchedUntilCommit))


def _drop_searches() -> None:
    for call in _searches():
        call.found = None


def ensure(community_id: int | None) -> None:
    """Make the data key of a community; called when the community is created, so that nobody has to wait later."""
    active(community_id)


@transaction.atomic
def rotate(community_id: int | None) -> int:
    """Retire the data key of a community and make a new one; old values stay readable. Returns the new key's id.

    Other processes follow within `FRESH` seconds. Of two rotations at once, one wins.
    """
    slot = (community_id, str(Purpose.DATA))
    _actives(slot).update(state=KeyState.RETIRED, retired_at=clock.now())
    return remember(_made(slot), slot).id


def forget() -> None:
    """Empty this process's memory of keys, for tests that empty the database."""
    _known.clear()
    _active.clear()
    _searched.clear()
    _drop_searches()
    master.forget()


def _waiting() -> Iterator[_UntilCommit]:
    return (call for call in _callbacks() if isinstance(call, _UntilCommit))


def _callbacks() -> Iterator[object]:
    """What the open transaction does on commit. Keys are met early in it and the list grows long, so it is walked from
    its beginning, and a newer answer makes the older one give way."""
    return (entry[1] for entry in connection.run_on_commit)


def _read_again(slot: Slot) -> None:
    row = None if connection.in_atomic_block else _actives(slot).first()
    if row:
        remember(row, slot)


def _actives(slot: Slot) -> QuerySet[DataKey]:
    return DataKey.objects.filter(community_id=slot[0], purpose=slot[1], state=KeyState.ACTIVE)


def _made(slot: Slot) -> DataKey:
    """Store a new ACTIVE key; when another transaction was first, take that one."""
    if not master.exists():
        if DataKey.objects.exists():
            raise MasterKeyMissing("data keys exist but their master key is gone")
        master.create()
    DataKey.objects.bulk_create([new(slot)], ignore_conflicts=True)
    return _actives(slot).get()


def new(slot: Slot, state: str = KeyState.ACTIVE) -> DataKey:
    """An unsaved key, wrapped by the master key as it is now."""
    master.forget()
    row = DataKey(community_id=slot[0], purpose=slot[1], state=state, created_at=clock.now())
    row.wrapped = master.current().wrap(os.urandom(KEY_SIZE), context(row))
    return row


def opened(row: DataKey) -> bytes:
    """The bytes of a stored key. When the master key was turned elsewhere it is read again. Raises MasterKeyMissing."""
    try:
        return master.current().unwrap(bytes(row.wrapped), context(row))
    except MasterKeyMissing:
        master.forget()
        return master.current().unwrap(bytes(row.wrapped), context(row))


def remember(row: DataKey, slot: Slot | None) -> Key:
    """The key of a stored row, known to this process from the commit on; with a slot it is the active one there."""
    key = Key(row.pk, opened(row))
    for waiting in _waiting() if slot else ():
        if waiting.slot == slot:
            waiting.slot = None
    transaction.on_commit(_UntilCommit(key, slot))
    return key


def context(row: DataKey) -> bytes:
    """What a wrapped key is tied to."""
    return str(row.pk).encode()
