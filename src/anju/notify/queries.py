"""What was told to whom about what, and what did not arrive. Whoever asks has fetched the thing by its scope before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.core import clock
from anju.core.scope import Scope
from anju.notify import catalog
from anju.notify.choices import NOT_TOLD, TROUBLED, Channel, Reason, RecipientKind, State
from anju.notify.models import Delivery


@dataclass(frozen=True, slots=True)
class Told:
    """One delivery as pages show it."""

    id: int
    template: str
    channel: str
    to_kind: str
    to_id: int
    about: tuple[str, int]
    state: State
    reason: str
    detail: str
    body: str
    vars: Mapping[str, str]
    segments: int
    attempts: int
    at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    parent_id: int | None

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def state_label(self) -> str:
        return str(self.state.label)

    @property
    def reason_label(self) -> str:
        return str(Reason(self.reason).label) if self.reason else ""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many rows are due and how long the first of them has waited (I7, I27)."""

    due: int
    oldest: timedelta


def about(about_type: str, about_id: int) -> list[Told]:
    """Everything told about a thing, in order."""
    return told(Delivery.objects.filter(about_type=about_type, about_id=about_id).order_by("queued_at", "id"))


def messages_of(kind: str, id: int, limit: int = 50) -> list[Told]:  # noqa: A002 the recipient's id
    """The newest messages to somebody, newest first."""
    return told(Delivery.objects.filter(to_kind=kind, to_id=id).order_by("-queued_at", "-id")[:limit])


def troubled(scope: Scope, limit: int = 100) -> list[Told]:
    """What will not arrive (FAILED, DEAD) in the asker's communities, newest first, with its reason."""
    rows = Delivery.objects.filter(state__in=TROUBLED)
    if not scope.is_system:
        rows = rows.filter(community_id__in=scope.communities)
    return told(rows.order_by("-created_at", "-id")[:limit])


def backlog(now: datetime) -> Backlog:
    """What should have been looked at by now."""
    rows = Delivery.objects.filter(channel__in=Channel.values, due_at__lte=now)
    first = rows.order_by("due_at").values_list("due_at", flat=True).first()
    return Backlog(rows.count(), now - first if first else timedelta())


def delivery(channel: str, provider_id: str, key: str = "") -> Delivery | None:
    """The message a provider speaks of: by its own id, else by our key."""
    rows = Delivery.objects.filter(channel=channel)
    row = rows.filter(provider_id=provider_id).first() if provider_id else None
    if row is None and key.isascii() and key.isdigit() and len(key) < 19:
        row = rows.filter(pk=int(key)).first()
    return row


def answered(ids: Collection[int]) -> set[int]:
    """Those of these deliveries that have arrived; of a call: somebody answered."""
    return set(Delivery.objects.filter(id__in=ids).exclude(delivered_at=None).values_list("id", flat=True))


def failed_days(kind: str, id: int, since: datetime) -> int:  # noqa: A002 the recipient's id
    """On how many Shanghai days since then an SMS to somebody failed (N9: three make UNREACHABLE)."""
    rows = Delivery.objects.filter(
        to_kind=kind, to_id=id, channel=Channel.SMS, state=State.FAILED, queued_at__gte=since
    ).exclude(reason=Reason.NO_CHANNEL)
    return len({clock.local(at).date() for at in rows.values_list("queued_at", flat=True)})


def sms_of_day(kind: str, id: int, at: datetime) -> int:  # noqa: A002 the recipient's id
    """How many SMS of the Shanghai day of `at` count among the five of a person (N8)."""
    rows = Delivery.objects.filter(to_kind=kind, to_id=id, channel=Channel.SMS, emergency=False)
    rows = rows.filter(queued_at__gte=clock.day_start(at)).exclude(state__in=NOT_TOLD)
    return rows.exclude(template=catalog.CODE).count()


def told(rows: Iterable[Delivery]) -> list[Told]:
    """Deliveries as pages show them."""
    return [
        Told(
            id=row.pk,
            template=row.template,
            channel=row.channel,
            to_kind=row.to_kind,
            to_id=row.to_id,
            about=(row.about_type, row.about_id),
            state=State(row.state),
            reason=row.reason,
            detail=row.detail,
            body=row.body,
            vars=row.vars,
            segments=row.segments,
            attempts=row.attempts,
            at=row.queued_at,
            due_at=row.due_at,
            sent_at=row.sent_at,
            delivered_at=row.delivered_at,
            read_at=row.read_at,
            parent_id=row.parent_id,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one message to many residents came, counted by person: the best of his channels."""

    told: int
    delivered: int
    read: int
    lost: frozenset[int]
    """The people whom no channel reached."""


_NOT_YET = frozenset({State.QUEUED, State.SENDING, State.SENT})


def reach(about_type: str, about_id: int, templates: Sequence[str], at: datetime) -> Reach:
    """Of the messages written about a thing at a moment with these templates: who has them."""
    rows = Delivery.objects.filter(about_type=about_type, about_id=about_id, to_kind=RecipientKind.PERSON)
    rows = rows.filter(template__in=templates, created_at=at)
    best: dict[int, set[str]] = {}
    for to_id, state in rows.values_list("to_id", "state"):
        best.setdefault(to_id, set()).add(state)
    read = sum(State.READ in states for states in best.values())
    fine = sum(not states.isdisjoint({State.READ, State.DELIVERED}) for states in best.values())
    waits = _NOT_YET | {State.READ, State.DELIVERED}
    return Reach(len(best), fine, read, frozenset(one for one, states in best.items() if states.isdisjoint(waits)))
