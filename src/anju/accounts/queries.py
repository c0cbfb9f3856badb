"""Who is this, and who is on duty."""

import hashlib
from typing import NamedTuple

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet

from anju.accounts.models import ApiToken, CrewMark, Membership, Staff
from anju.accounts.rules import Worker
from anju.core import clock
from anju.core.scope import Kind, Scope
from anju.estate.models import Community, Person

PERSON_KEY = "person_id"
STAFF_KEY = "staff_id"
TICKETS_KEY = "tickets"


def scope_of_staff(staff: Staff) -> Scope:
    """The scope of a member of staff; without rights when he has left."""
    rows = staff.memberships.all() if staff.is_active else Membership.objects.none()
    roles = {row.community_id: frozenset(row.roles) for row in rows}
    return Scope(
        Kind.STAFF,
        staff_id=staff.id,
        communities=frozenset(roles),
        roles=roles,
        depts={row.community_id: row.dept for row in rows},
        name=staff.name,
        signed=staff.signed_until is not None and staff.signed_until >= clock.today(),
    )


def scope_of_person(person: Person) -> Scope:
    """The scope of a resident."""
    return Scope(Kind.RESIDENT, person_id=person.id, communities=frozenset({person.community_id}))


def scope_of_session(session: SessionBase) -> Scope:
    """The scope of a browser session: staff, resident, or a guest with the tickets reported in this session."""
    staff_id = session.get(STAFF_KEY)
    if staff_id:
        staff = Staff.objects.prefetch_related("memberships").filter(id=staff_id, is_active=True).first()
        if staff is not None and session.get("stamp") == stamp(staff):
            return scope_of_staff(staff)
    person_id = session.get(PERSON_KEY)
    held = frozenset(session.get(TICKETS_KEY, ()))
    person = Person.objects.filter(id=person_id).first() if person_id else None
    if person is not None:
        return Scope(Kind.RESIDENT, person_id=person.id, communities=frozenset({person.community_id}), tickets=held)
    return Scope(Kind.GUEST, tickets=held)


def stamp(staff: Staff) -> str:
    """Changes when the password changes, so that old sessions end (ASVS 7.4.3)."""
    return staff.get_session_auth_hash()[:32]


def scope_of_token(secret: str) -> Scope | None:
    """The scope of a bearer token, or None when it is unknown or revoked."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = (
        ApiToken.objects.select_related("staff", "person")
        .prefetch_related("staff__memberships")
        .filter(digest=digest, revoked_at=None)
        .first()
    )
    if token is None:
        return None
    if token.staff is not None:
        return scope_of_staff(token.staff) if token.staff.is_active else None
    return scope_of_person(token.person) if token.person is not None else None


def crew(community_id: int) -> list[Membership]:
    """Everybody who works in a community, with staff row and certificates. Read again only when the crew's mark has
    changed; the rows are shared, so nobody may write into them."""
    mark = CrewMark.objects.filter(community_id=community_id).values_list("mark", flat=True).first()
    held = _crews.get(community_id)
    if held is None or held[0] != mark or mark is None:
        held = _crews[community_id] = (mark, _crew(community_id))
    return held[1]


_crews: dict[int, tuple[int | None, list[Membership]]] = {}


def _crew(community_id: int) -> list[Membership]:
    return list(
        Membership.objects.filter(community_id=community_id, staff__is_active=True)
        .select_related("staff")
        .prefetch_related("staff__certificates")
        .order_by("staff_id")
    )


def certificates(community_id: int) -> dict[tuple[int, str], int]:
    """The last day (ordinal) of every certificate of a community's crew, by holder and kind."""
    rows = crew(community_id)
    return {
        (cert.staff_id, cert.kind): cert.valid_to.toordinal() for row in rows for cert in row.staff.certificates.all()
    }


def worker(row: Membership) -> Worker:
    """One of the crew as dispatch sees him."""
    today = clock.today()
    return Worker(
        staff_id=row.staff_id,
        name=row.staff.name,
        dept=row.dept,
        roles=frozenset(row.roles),
        skills=frozenset(row.skills),
        zones=frozenset(row.zones),
        on_shift=row.on_shift,
        on_call=row.on_call,
        last_job_at=row.last_job_at.timestamp() if row.last_job_at else 0.0,
        certs=frozenset(cert.kind for cert in row.staff.certificates.all() if cert.valid_to >= today),
    )


def staff_in(scope: Scope, community_id: int) -> QuerySet[Membership]:
    """The people of one of the asker's communities."""
    rows = Membership.objects.filter(community_id=community_id, staff__is_active=True).select_related("staff")
    return rows if scope.is_system or community_id in scope.communities else rows.none()


def by_login(scope: Scope, community_id: int, login: str) -> Staff | None:
    """A member of staff of that community by login name."""
    row = staff_in(scope, community_id).filter(staff__login=login).first()
    return row.staff if row else None


def staff_by_login(scope: Scope, login: str) -> Staff | None:
    """A member of staff of any community by login name, for the system's own tools."""
    return Staff.objects.filter(login=login).first() if scope.is_system else None


def staff_by_id(scope: Scope, community_id: int, staff_id: int) -> Staff | None:
    """A member of staff of that community by id."""
    row = staff_in(scope, community_id).filter(staff_id=staff_id).first()
    return row.staff if row else None


def active_staff(scope: Scope, staff_id: int) -> Staff | None:
    """Somebody who still works here, of any community, for the system's own look-ups."""
    return Staff.objects.filter(id=staff_id, is_active=True).first() if scope.is_system else None


def names(staff_ids: set[int]) -> dict[int, str]:
    """Display names by id, in one query."""
    return dict(Staff.objects.filter(id__in=staff_ids).values_list("id", "name"))


def communities(scope: Scope) -> QuerySet[Community]:
    """The communities the asker belongs to."""
    return Community.objects.all() if scope.is_system else Community.objects.filter(id__in=scope.communities)


class Badge(NamedTuple):
    """How a member of staff is called: by people and by the API."""

    login: str
    name: str


def badges(staff_ids: set[int]) -> dict[int, Badge]:
    """Login and display name by id, in one query."""
    rows = Staff.objects.filter(id__in=staff_ids).values_list("id", "login", "name")
    return {staff_id: Badge(login, name) for staff_id, login, name in rows}


def logins(staff_ids: set[int]) -> dict[int, str]:
    """Login names by id, in one query."""
    return dict(Staff.objects.filter(id__in=staff_ids).values_list("id", "login"))
