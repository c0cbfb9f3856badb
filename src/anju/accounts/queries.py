"""Who is this, and who is on duty."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.choices import ADMINISTERED
from anju.accounts.models import ApiToken, CrewMark, Invitation, Membership, RecoveryCode, Staff, StaffSession
from anju.accounts.rules import Worker
from anju.core import clock
from anju.core.errors import Refused
from anju.core.lookup import only
from anju.core.scope import Kind, Scope
from anju.estate.models import Community, Person
from anju.journal.models import Entry

PERSON_KEY = "person_id"
STAFF_KEY = "staff_id"
SESSION_KEY = "staff_session"
SEEN_EVERY = timedelta(minutes=5)
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


def scope_of_session(session: SessionBase, *, locked: bool = False) -> Scope:
    """The scope of a browser session: staff, resident, or a guest with the tickets reported in this session.

    Behind a locked screen staff are strangers, but with `locked`, for what tells nothing.
    """
    row = staff_session(session)
    if row is not None and (locked or row.locked_at is None):
        return scope_of_staff(row.staff)
    person_id = session.get(PERSON_KEY)
    held = frozenset(session.get(TICKETS_KEY, ()))
    person = Person.objects.filter(id=person_id).first() if person_id else None
    if person is not None:
        return Scope(Kind.RESIDENT, person_id=person.id, communities=frozenset({person.community_id}), tickets=held)
    return Scope(Kind.GUEST, tickets=held)


def staff_session(session: SessionBase) -> StaffSession | None:
    """The login that this browser holds while it stands: not ended, neither idle nor too old, its password unchanged.

    A locked one is given too; `scope_of_session` answers it like a stranger.
    """
    held = session.get(SESSION_KEY)
    if not held:
        return None
    now = clock.now()
    row = only(open_sessions(now).select_related("staff").prefetch_related("staff__memberships").filter(id=held))
    if row is None or session.get("stamp") != stamp(row.staff):
        return None
    if now - row.seen_at >= SEEN_EVERY:
        StaffSession.objects.filter(id=row.id, seen_at=row.seen_at).update(seen_at=now)
    return row


def open_sessions(now: datetime) -> QuerySet[StaffSession]:
    """Every login of staff that stands at this moment. No hours set: none ends by time (the lab's clock jumps)."""
    rows = StaffSession.objects.filter(ended_at=None, staff__is_active=True)
    if settings.ANJU_SESSION_HOURS:
        rows = rows.filter(opened_at__gt=now - timedelta(hours=settings.ANJU_SESSION_HOURS))
    if settings.ANJU_SESSION_IDLE_MINUTES:
        rows = rows.filter(seen_at__gt=now - timedelta(minutes=settings.ANJU_SESSION_IDLE_MINUTES))
    return rows


def sessions_of(staff_id: int) -> QuerySet[StaffSession]:
    """Where one member of staff is logged in now, newest use first."""
    return open_sessions(clock.now()).filter(staff_id=staff_id).order_by("-seen_at", "-id")


def tokens_of(staff_id: int) -> QuerySet[ApiToken]:
    """His tokens that still open something, newest first."""
    return _valid_tokens().filter(staff_id=staff_id).order_by("-created_at", "-id")


def session_of(staff_id: int, session_id: int) -> StaffSession:
    """One of somebody's logins. Raises Refused SESSION_UNKNOWN (404)."""
    row = StaffSession.objects.select_related("staff").filter(staff_id=staff_id, id=session_id).first()
    if row is None:
        raise Refused("SESSION_UNKNOWN", _("没有这处登录"), status=404)
    return row


def token_of(staff_id: int, token_id: int) -> ApiToken:
    """One of somebody's tokens. Raises Refused TOKEN_UNKNOWN (404)."""
    row = ApiToken.objects.select_related("staff").filter(staff_id=staff_id, id=token_id).first()
    if row is None:
        raise Refused("TOKEN_UNKNOWN", _("没有这个令牌"), status=404)
    return row


def recovery_left(staff_id: int) -> int:
    """How many recovery codes somebody still has."""
    return RecoveryCode.objects.filter(staff_id=staff_id, used_at=None).count()


def administered(scope: Scope, community_id: int) -> QuerySet[Entry]:
    """Who changed which account, role or setting of a community, newest first; none without the right to manage."""
    if not allowed(scope, "accounts.manage", community_id):
        return Entry.objects.none()
    crew_ids = Membership.objects.filter(community_id=community_id).values("staff_id")
    people = Q(subject_type="staff", subject_id__in=crew_ids, verb__in=ADMINISTERED)
    place = Q(subject_type="community", subject_id=community_id, verb__in=ADMINISTERED)
    return Entry.objects.filter(people | place).order_by("-at", "-id")


def _valid_tokens() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), revoked_at=None)


def stamp(staff: Staff) -> str:
    """Changes when the password changes, so that old sessions end (ASVS 7.4.3)."""
    return staff.get_session_auth_hash()[:32]


def scope_of_token(secret: str) -> Scope | None:
    """The scope of a bearer token, or None when it is unknown, expired or revoked; `reach` goes with it."""
    digest, now = hashlib.sha256(secret.encode()).hexdigest(), clock.now()
    rows = _valid_tokens().select_related("staff", "person").prefetch_related("staff__memberships")
    token = only(rows.filter(digest=digest))
    if token is None:
        return None
    if token.used_at is None or now - token.used_at >= SEEN_EVERY:
        ApiToken.objects.filter(id=token.id).update(used_at=now)
    if token.staff is None:
        return scope_of_person(token.person) if token.person is not None else None
    if not token.staff.is_active:
        return None
    return replace(scope_of_staff(token.staff), reach=frozenset(token.reach))


def crew(community_id: int) -> list[Membership]:
    """Everybody who works in a community, with staff row and certificates. Read again only when the crew's mark has
    changed; the rows are shared, so nobody may write into them."""
    mark = only(CrewMark.objects.filter(community_id=community_id).values_list("mark", flat=True))
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


def crew_accounts(scope: Scope, community_id: int) -> QuerySet[Membership]:
    """Everybody of a community with his account, also who has left, for who manages accounts there; else nobody."""
    if not allowed(scope, "accounts.manage", community_id):
        return Membership.objects.none()
    return (
        Membership.objects.filter(community_id=community_id)
        .select_related("staff")
        .annotate(last_seen=Max("staff__sessions__seen_at"))
        .order_by("-staff__is_active", "staff_id")
    )


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


def able(scope: Scope) -> QuerySet[Staff]:
    """Everybody who can log in, for the system's own checks."""
    return Staff.objects.filter(is_active=True).order_by("id") if scope.is_system else Staff.objects.none()


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


def invitations(scope: Scope, community_id: int) -> QuerySet[Invitation]:
    """Those of one of the asker's communities that nobody has accepted or withdrawn, the expired too."""
    rows = Invitation.objects.filter(community_id=community_id, used_at=None, withdrawn_at=None)
    return rows if scope.is_system or (scope.is_staff and community_id in scope.communities) else rows.none()


def nobody() -> bool:
    """Whether this office has no member of staff at all, as right after it was set up."""
    return not Staff.objects.exists()
