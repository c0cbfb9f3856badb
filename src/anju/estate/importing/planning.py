"""What a file would change in the register: nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from anju.estate import numbering
from anju.estate.choices import Relation
from anju.estate.importing.parts import Record, Who
from anju.estate.models import Community, Contact, Import, Occupancy, Person, Room
from anju.estate.naming import name_key, name_keys
from anju.vault.blind import blind, blinds
from anju.vault.names import is_company

SAID = ("area_c", "floor_label", "floor_ordinal", "usage")
"""What a file may change of a room."""


@dataclass(slots=True)
class Plan:
    """Rows to make and rows to change; `same` counts the rooms that stay as they are. `beside`: the codes of rooms that
    get an owner beside another one the register has; a file never takes an owner away. `before`: what stood in the rooms
    to change, by their ids. `record`: where it is written down, once it is."""

    community: Community
    rooms: list[Room] = field(default_factory=list)
    changed_rooms: list[Room] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    occupancies: list[Occupancy] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    before: dict[int, dict[str, object]] = field(default_factory=dict)
    same: int = 0
    record: Import | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.rooms or self.changed_rooms or self.people or self.contacts or self.occupancies)

    def counts(self) -> dict[str, int]:
        """Numbers for the report."""
        return {
            "rooms": len(self.rooms),
            "changed_rooms": len(self.changed_rooms),
            "people": len(self.people),
            "phones": len(self.contacts),
            "relations": len(self.occupancies),
            "same": self.same,
        }


class _Register:
    """What is known of a community, by the keys a file can name."""

    def __init__(self, community: Community) -> None:
        self.community = community
        self.rooms = {room.full_code: room for room in Room.objects.filter(community=community)}
        self.by_phone: dict[tuple[str, str], Person] = {}
        self.by_room: dict[tuple[str, int], Person] = {}
        self.phones: dict[int, set[str]] = defaultdict(set)
        self.roles: set[tuple[int, int, str]] = set()
        self.payers: set[int] = set()
        self.primaries: set[int] = set()
        rows = Contact.objects.filter(community=community).select_related("person")
        for contact in rows.order_by("person_id", "rank"):
            self.know_phone(contact.person, contact.phone_hash)
        for held in Occupancy.objects.filter(community=community).select_related("person").order_by("id"):
            self.know_role(held)
        self.owned = frozenset(self.payers)

    def know_phone(self, person: Person, phone_hash: str) -> None:
        self.phones[person.id].add(phone_hash)
        self.by_phone.setdefault((person.name_hash, phone_hash), person)

    def know_role(self, held: Occupancy) -> None:
        self.roles.add((held.room_id, held.person_id, held.role))
        self.by_room.setdefault((held.person.name_hash, held.room_id), held.person)
        if held.to_on is None and held.is_bill_payer:
            self.payers.add(held.room_id)
        if held.to_on is None and held.is_primary:
            self.primaries.add(held.room_id)

    def find(self, who: Who, room: Room) -> Person | None:
        """The same name in this room with one of the phones; so anywhere; or the same name in this room."""
        names = name_keys(who.name)
        here = _first(self.by_room.get((name, room.id)) for name in names)
        hashes = [phone_hash for phone in who.phones for phone_hash in blinds(phone, "phone")]
        if here and not self.phones[here.id].isdisjoint(hashes):
            return here
        return _first(self.by_phone.get((name, phone_hash)) for name in names for phone_hash in hashes) or here


def _first(found: Iterable[Person | None]) -> Person | None:
    return next((person for person in found if person), None)


def plan(records: Iterable[Record], community: Community) -> Plan:
    """Compare a file with the register."""
    register, made = _Register(community), Plan(community)
    for record in records:
        before = _size(made)
        room = _room(register, made, record)
        for who in record.people:
            _person(register, made, room, who)
        made.same += _size(made) == before
    return made


def _size(made: Plan) -> Sequence[int]:
    return [len(made.rooms), len(made.changed_rooms), len(made.people), len(made.contacts), len(made.occupancies)]


def _room(register: _Register, made: Plan, record: Record) -> Room:
    room = register.rooms.get(record.full_code)
    if room is None:
        room = Room(
            community=register.community,
            building_no=record.building_no,
            unit_no=record.unit_no,
            room_no=record.room_no,
            full_code=record.full_code,
            usage=record.usage or numbering.usual(record.room_no),
            floor_label=record.floor_label,
            floor_ordinal=record.floor_ordinal if record.floor_ordinal is not None else 1,
            area_c=record.area_c,
        )
        register.rooms[record.full_code] = room
        made.rooms.append(room)
        return room
    _update(made, room, record)
    return room


def _update(made: Plan, room: Room, record: Record) -> None:
    """What the file says otherwise of a room that is there; what it does not say stays."""
    said = {name: getattr(record, name) for name in SAID}
    news = {name: value for name, value in said.items() if value not in (None, "") and getattr(room, name) != value}
    if news:
        made.before[room.id] = {name: getattr(room, name) for name in news}
        for name, value in news.items():
            setattr(room, name, value)
        made.changed_rooms.append(room)


def _person(register: _Register, made: Plan, room: Room, who: Who) -> None:
    person = register.find(who, room)
    if person is None:
        person = Person(
            community=register.community,
            name=who.name,
            name_hash=name_key(who.name),
            kind="COMPANY" if is_company(who.name) else "HUMAN",
        )
        made.people.append(person)
    _phones(register, made, person, who)
    if (room.id, person.id, str(who.role)) in register.roles:
        return
    owns = who.role == Relation.OWNER
    held = Occupancy(
        community=register.community,
        room=room,
        person=person,
        role=who.role,
        share_n=who.share.numerator if who.share else None,
        share_d=who.share.denominator if who.share else None,
        from_on=None,
        is_primary=room.id not in register.primaries,
        is_bill_payer=owns and room.id not in register.payers,
    )
    if owns and room.id in register.owned:
        made.beside.append(room.full_code)
    made.occupancies.append(held)
    register.know_role(held)


def _phones(register: _Register, made: Plan, person: Person, who: Who) -> None:
    for phone in who.phones:
        if not register.phones[person.id].isdisjoint(blinds(phone, "phone")):
            continue
        phone_hash = blind(phone, "phone")
        made.contacts.append(
            Contact(
                community=register.community,
                person=person,
                phone=phone,
                phone_hash=phone_hash,
                tail_hash=blind(phone[-4:], "tail"),
                rank=len(register.phones[person.id]),
            )
        )
        register.know_phone(person, phone_hash)
