"""Reading the land register. Every function takes who is asking and returns only what he may hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from anju.core import clock
from anju.core.lookup import only
from anju.core.scope import Kind, Scope
from anju.estate.labels import opened
from anju.estate.models import Asset, Community, Consent, Contact, Import, Label, Occupancy, Person, Place, Room
from anju.vault.blind import blinds


def communities(scope: Scope) -> QuerySet[Community]:
    """The asker's communities."""
    rows = Community.objects.all()
    return rows if scope.is_system else rows.filter(id__in=scope.communities)


def empty(scope: Scope) -> bool:
    """Whether the asker's only community has no rooms yet."""
    held = list(scope.communities)
    return len(held) == 1 and not Room.objects.filter(community_id=held[0]).exists()


def rooms(scope: Scope, community_id: int) -> QuerySet[Room]:
    """Rooms of a community: all for its staff, one's own for a resident, none for a guest."""
    rows = Room.objects.filter(community_id=community_id)
    if scope.is_system or (scope.is_staff and community_id in scope.communities):
        return rows
    if scope.kind is Kind.RESIDENT:
        return rows.filter(id__in=_current(Occupancy.objects.filter(person=scope.person_id or 0)).values("room_id"))
    return rows.none()


def rooms_of(person_id: int) -> list[Room]:
    """The rooms a person belongs to today."""
    held = _current(Occupancy.objects.filter(person_id=person_id))
    return list(Room.objects.filter(id__in=held.values("room_id")).order_by("full_code"))


def _current(rows: QuerySet[Occupancy], day: date | None = None) -> QuerySet[Occupancy]:
    day = day or clock.today()
    return rows.filter(Q(from_on=None) | Q(from_on__lte=day), Q(to_on=None) | Q(to_on__gt=day))


def places(scope: Scope, community_id: int) -> QuerySet[Place]:
    """Public places; they are public to whoever belongs to the community."""
    rows = Place.objects.filter(community_id=community_id)
    return rows if scope.is_system or community_id in scope.communities else rows.none()


def assets(scope: Scope, community_id: int) -> QuerySet[Asset]:
    """Assets of one of the asker's communities."""
    rows = Asset.objects.filter(community_id=community_id).select_related("place")
    return rows if scope.is_system or community_id in scope.communities else rows.none()


def label(text: str) -> Label | None:
    """The active label behind a scanned text; None when it is forged, unknown, void or lost (QR_INVALID)."""
    code = opened(text)
    if code is None:
        return None
    return (
        Label.objects.select_related("community", "place", "asset", "asset__place")
        .filter(code=code, state="ACTIVE")
        .first()
    )


def people_by_phone(community_id: int, phone: str) -> list[Person]:
    """Whom a canonical phone reaches in a community, longest known first."""
    return list(
        Person.objects.filter(
            community_id=community_id, contacts__phone_hash__in=blinds(phone, "phone"), contacts__state="VALID"
        )
        .order_by("id")
        .distinct()
    )


def phone_of(person_id: int) -> str | None:
    """The number called first, canonical, or None."""
    contact = Contact.objects.filter(person_id=person_id, state="VALID").order_by("rank", "id").first()
    return contact.phone if contact else None


def labels(scope: Scope, community_id: int) -> QuerySet[Label]:
    """The printed codes in use of one of the asker's communities, places before assets, by their codes."""
    rows = Label.objects.filter(community_id=community_id, state="ACTIVE").select_related("place", "asset")
    rows = rows.order_by("asset__code", "place__code", "id")
    return rows if scope.is_system or community_id in scope.communities else rows.none()


def people(scope: Scope, ids: set[int]) -> QuerySet[Person]:
    """People by id in the asker's communities."""
    rows = Person.objects.filter(id__in=ids)
    return rows if scope.is_system else rows.filter(community_id__in=scope.communities)


def person(scope: Scope) -> Person | None:
    """The resident who is asking, with the community; None for everybody else."""
    if scope.kind is not Kind.RESIDENT:
        return None
    return only(Person.objects.select_related("community").filter(id=scope.person_id or 0))


def residents(scope: Scope, community_id: int) -> QuerySet[Person]:
    """Everybody in a community's register, for its staff."""
    rows = Person.objects.filter(community_id=community_id).order_by("id")
    return rows if scope.is_system or (scope.is_staff and community_id in scope.communities) else rows.none()


def community_of_phone(phone: str) -> Community | None:
    """The community in whose name a canonical phone is written to; None when nobody has this phone."""
    rows = Contact.objects.filter(phone_hash__in=blinds(phone, "phone")).exclude(state="RECYCLED")
    found = rows.select_related("community").order_by("id").first()
    return found.community if found else None


def gone(before: date) -> list[int]:
    """People whose last relation to any room ended before that day, and who have not been erased."""
    ended = Occupancy.objects.filter(to_on__lt=before).values("person_id")
    still = Occupancy.objects.filter(Q(to_on=None) | Q(to_on__gte=before)).values("person_id")
    rows = Person.objects.filter(id__in=ended).exclude(id__in=still).order_by("id")
    return list(rows.values_list("id", flat=True))


def erasable(person_ids: Sequence[int]) -> list[int]:
    """Those of these people who are still named, as after a restore."""
    rows = Person.objects.filter(id__in=person_ids).exclude(name_hash__startswith="erased-").order_by("id")
    return list(rows.values_list("id", flat=True))


def consents(scope: Scope) -> dict[str, Consent]:
    """A resident's own standing consents by purpose."""
    rows = Consent.objects.filter(person_id=scope.person_id or 0, withdrawn_at=None)
    return {row.purpose: row for row in rows} if scope.kind is Kind.RESIDENT else {}


def agrees(person_id: int, purpose: str) -> bool:
    """Whether a person's yes to a purpose stands now (I18)."""
    return Consent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_at=None).exists()


@dataclass(frozen=True, slots=True)
class Household:
    """Somebody who lives in one of the rooms asked about, and how he is reached."""

    person_id: int
    phone: str | None = field(repr=False)
    wechat: bool


def households(scope: Scope, rooms: QuerySet[Room]) -> list[Household]:
    """Everybody who belongs to these rooms today, each once: for the system's own messages. Two statements."""
    if not scope.is_system:
        return []
    held = _current(Occupancy.objects.filter(room__in=rooms)).values("person_id")
    people = Person.objects.filter(id__in=held).order_by("id").values_list("id", "openid_hash")
    contacts = Contact.objects.filter(person_id__in=held, state="VALID").order_by("-rank", "-id")
    phones = {one.person_id: one.phone for one in contacts}
    return [Household(one, phones.get(one), bool(openid)) for one, openid in people]


def imports(scope: Scope, community_id: int) -> QuerySet[Import]:
    """The rosters of one of the asker's communities, newest first, without those given up."""
    rows = Import.objects.filter(community_id=community_id).exclude(state="DROPPED").select_related("community")
    rows = rows.defer("content")
    return rows if scope.is_system or (scope.is_staff and community_id in scope.communities) else rows.none()


def written_imports(scope: Scope) -> QuerySet[Import]:
    """The imports of the asker's communities that can be taken back, newest first."""
    rows = Import.objects.filter(state="DONE").select_related("community").defer("content")
    return rows if scope.is_system else rows.filter(community_id__in=scope.communities)
