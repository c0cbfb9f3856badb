"""Taking an import back: what it made goes, unless something has come to hang on it; that stays, and is named.

Whoever is referred to from elsewhere stays with his phones and his rooms, and a room with its people, so that nothing
is left half. What else the import made goes; a column it changed gets its old value, if nobody has changed it since.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ForeignObjectRel, Model
from django.utils.translation import gettext as _

from anju.core import clock, personal
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.choices import ImportState
from anju.estate.importing import locking
from anju.estate.models import Contact, Import, Occupancy, Person, Room
from anju.journal import actions as journal
from anju.vault import masks

TABLES: Mapping[str, type[Model]] = {"relations": Occupancy, "phones": Contact, "people": Person, "rooms": Room}
"""What an import makes, in the order in which it can be removed."""
BATCH = 1000
Ids = set[int]


@dataclass(frozen=True, slots=True)
class Stay:
    """A room (its code) or a person (masked) that stays, and why."""

    what: str
    why: str


@dataclass(slots=True)
class Undone:
    """How many rows went, by table, and what stays."""

    counts: dict[str, int] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)


def undo(row: Import, *, by: Scope) -> Undone:
    """Take an import back. Raises Refused IMPORT_NOT_DONE (409), IMPORT_RUNNING (409)."""
    with locking.alone(row.community_id):
        row = Import.objects.select_for_update().get(id=row.id)
        if row.state != ImportState.DONE:
            raise Refused("IMPORT_NOT_DONE", _("这次导入没有写入，或已经撤回"), status=409)
        made = {name: set(row.made.get(name, ())) for name in TABLES}
        made = {name: _there(TABLES[name], ids) for name, ids in made.items()}
        kept, reasons = _kept(made)
        done = Undone(stays=list(_named(reasons)))
        for name, table in TABLES.items():
            going = made[name] - kept[name]
            for ids in _batches(going):
                table._base_manager.filter(id__in=ids).delete()
            done.counts[name] = len(going)
        changed, left = _restored(row.made.get("changed", {}))
        done.counts["changed_rooms"] = changed
        done.stays += left
        row.made = {name: sorted(ids) for name, ids in kept.items()} | {"changed": {}}
        row.state = ImportState.DONE if any(kept.values()) else ImportState.UNDONE
        row.undone_at = clock.now()
        row.save()
        journal.record(
            "estate.import_undone",
            subject=("community", row.community_id),
            community_id=row.community_id,
            by=by,
            data=done.counts | {"stay": len(done.stays)},
        )
    return done


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    wanted = sorted(ids)
    return (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))


def _there(table: type[Model], ids: Ids) -> Ids:
    return {
        one for part in _batches(ids) for one in table._base_manager.filter(id__in=part).values_list("id", flat=True)
    }


def _kept(made: Mapping[str, Ids]) -> tuple[dict[str, Ids], dict[tuple[str, int], str]]:
    """What stays by table, and for those that are themselves held why."""
    reasons: dict[tuple[str, int], str] = {}
    for name in TABLES:
        for one, why in _held(name, made):
            reasons.setdefault((name, one), why)
    held: dict[str, Ids] = {name: set() for name in TABLES}
    for name, one in reasons:
        held[name].add(one)
    stay = _stay(made, held)
    people = held["people"] | {person for _one, person, _room in stay} & made["people"]
    rooms = held["rooms"] | {room for _one, _person, room in stay} & made["rooms"]
    phones = {one for one, person in _links(Contact, made["phones"], "person_id") if person in people}
    relations = {one for one, _person, _room in stay}
    return {"relations": relations, "phones": held["phones"] | phones, "people": people, "rooms": rooms}, reasons


def _stay(made: Mapping[str, Ids], held: Mapping[str, Ids]) -> list[Sequence[int]]:
    """The relations that stay, each with its person and room."""
    return [
        (one, person, room)
        for one, person, room in _links(Occupancy, made["relations"], "person_id", "room_id")
        if one in held["relations"] or person in held["people"] or room in held["rooms"]
    ]


def _links(table: Any, ids: Ids, *columns: str) -> Iterator[Sequence[int]]:
    """Ids with what these columns refer to."""
    for part in _batches(ids):
        yield from table._base_manager.filter(id__in=part).values_list("id", *columns)


def _held(name: str, made: Mapping[str, Ids]) -> Iterator[tuple[int, str]]:
    """Rows of a table that something refers to which the import did not make, and what it is."""
    for relation in TABLES[name]._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        table: Any = relation.related_model
        ours: Ids = next((made[other] for other, known in TABLES.items() if known is table), set())
        yield from (
            (one, _why(table._meta.app_label)) for one in _users(table, relation.field.attname, made[name], ours)
        )
    if name == "people":
        for declaration in personal.everything():
            yield from (
                (one, _why(declaration.room)) for part in _batches(made[name]) for one in declaration.knows(part)
            )


def _users(table: Any, column: str, ids: Ids, ours: Collection[int]) -> Iterator[int]:
    for part in _batches(ids):
        rows = table._base_manager.filter(**{f"{column}__in": part}).values_list("pk", column)
        yield from (one for user, one in rows if user not in ours)


def _why(room: str) -> str:
    words = {
        "tickets": _("已有工单"),
        "estate": _("后来又登记了人、电话或房屋"),
        "privacy": _("有查看记录或个人信息申请"),
        "accounts": _("有登录令牌"),
        "notify": _("已给他发过消息"),
    }
    return words.get(room, _("别处还在用"))


def _named(reasons: Mapping[tuple[str, int], str]) -> Iterator[Stay]:
    rooms = {one: why for (name, one), why in reasons.items() if name == "rooms"}
    people = {one: why for (name, one), why in reasons.items() if name == "people"}
    for part in _batches(rooms):
        for room in Room.objects.filter(id__in=part):
            yield Stay(room.full_code, rooms[room.id])
    for part in _batches(people):
        for person in Person.objects.filter(id__in=part).order_by("id"):
            yield Stay(masks.name(person.name), people[person.id])


def _restored(changed: Mapping[str, Mapping[str, Sequence[Any]]]) -> tuple[int, list[Stay]]:
    """Old values put back: how many rooms, and those that somebody has changed since."""
    count, left = 0, []
    for part in _batches(map(int, changed)):
        for room in Room.objects.filter(id__in=part):
            news = changed[str(room.id)]
            back = {name: old for name, (old, new) in news.items() if getattr(room, name) == new}
            if back:
                Room.objects.filter(id=room.id).update(**back)
                count += 1
            if len(back) < len(news):
                left.append(Stay(room.full_code, _("后来又改过")))
    return count, left
