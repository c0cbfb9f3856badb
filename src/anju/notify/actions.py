"""Telling people: rows in the caller's transaction, never a call to a provider."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from anju.channels import Callback, ReceiptState, letters
from anju.core import clock
from anju.notify import catalog, drafts, progress, render, rules, store, trouble
from anju.notify.caps import Caps
from anju.notify.choices import NOT_TOLD, TROUBLED, Channel, Reason, RecipientKind, State
from anju.notify.models import Delivery
from anju.notify.queries import sms_of_day
from anju.vault.blind import sign
from anju.vault.policy import OUTSIDE

Slot = tuple[int, str, str, bool]


@dataclass(frozen=True, slots=True)
class Office:
    """Who speaks: the community, its signature (empty: no SMS here, N5) and its hotline."""

    community_id: int | None
    sign: str
    hotline: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told. `phone` is canonical or None; `wechat`: has an account that W reaches.

    A bare phone number (kind "phone") needs no id: it gets one from its blind index.
    """

    kind: str
    id: int | None = None
    phone: str | None = field(default=None, repr=False)
    wechat: bool = False

    @property
    def key(self) -> int:
        if self.id is not None:
            return self.id
        if self.kind != RecipientKind.PHONE or not self.phone:
            raise ValueError(f"a recipient of kind {self.kind} needs an id")
        return phone_id(self.phone)


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient. `at`: not before this moment; `asked`: progress the person asked for tonight."""

    template: str
    to: Recipient
    vars: Mapping[str, object]
    about: tuple[str, int]
    office: Office
    at: datetime | None = None
    asked: bool = False
    emergency: bool = False


def phone_id(phone: str) -> int:
    """The recipient id of a bare canonical number."""
    return int(sign(phone, "notify.phone")[:15], 16)


def tell(
    template: str,
    *,
    to: Recipient,
    vars: Mapping[str, object],  # noqa: A002 the word of Appendix B
    about: tuple[str, int],
    office: Office,
    at: datetime | None = None,
    asked: bool = False,
    emergency: bool = False,
) -> list[Delivery]:
    """Write one message; gives its rows, one per channel used now. Raises KeyError for an unknown template.

    Never refuses for the sake of the recipient: what cannot or may not be sent is a row that says why (N8).
    """
    return tell_many([Notice(template, to, vars, about, office, at, asked, emergency)])


def tell_many(notices: Sequence[Notice], *, new: Collection[tuple[str, int]] = ()) -> list[Delivery]:
    """Write many messages with one INSERT and one query for the caps, however many they are; without that query when
    they speak of `new` subjects, of which nobody has been told anything, and no cap of the day can stop them."""
    if not notices:
        return []
    now, served = clock.now(), frozenset(letters())
    texts: dict[Slot, render.Rendered] = {}
    groups = [_rows(notice, _text(notice, texts), served, now) for notice in notices]
    rows = [row for group in groups for row in group]
    with transaction.atomic(savepoint=False):
        caps = Caps(rows, new)
        for group in groups:
            caps.apply(group)
        store.insert(rows)
        trouble.tell(row for row in rows if row.state in TROUBLED)
    return rows


def _text(notice: Notice, done: dict[Slot, render.Rendered]) -> render.Rendered:
    """A broadcast passes the same mapping for everybody: it is filled once. What staff are told holds no personal
    data of residents, whoever wrote the values (R16.10): the ticket behind the link shows what each may see."""
    to_staff = notice.to.kind == RecipientKind.STAFF
    slot = (id(notice.vars), notice.template, notice.office.hotline, to_staff)
    if slot not in done:
        values = {name: _masked(value) for name, value in notice.vars.items()} if to_staff else notice.vars
        done[slot] = render.render(catalog.get(notice.template), values, notice.office.hotline)
    return done[slot]


def _masked(value: object) -> object:
    return OUTSIDE.text(value) if isinstance(value, str) else value


def _rows(notice: Notice, text: render.Rendered, served: frozenset[str], now: datetime) -> list[Delivery]:
    template, to, office = catalog.get(notice.template), notice.to, notice.office
    emergency, legs, at = _route(notice, served, now)
    common = {
        "community_id": office.community_id,
        "template": template.code,
        "to_kind": to.kind,
        "to_id": to.key,
        "sign": office.sign,
        "about_type": notice.about[0],
        "about_id": notice.about[1],
        "emergency": emergency,
        "asked": notice.asked,
        "created_at": now,
    }
    return [drafts.draft(common, template, leg, text, at) for leg in (legs[:1] if text.reason else legs)]


def _route(notice: Notice, served: frozenset[str], now: datetime) -> tuple[bool, list[rules.Leg], datetime]:
    """Whether it is an emergency, by which channels it goes, and when it may leave."""
    template, to = catalog.get(notice.template), notice.to
    emergency = notice.emergency or template.emergency
    account = f"{to.kind}:{to.key}" if to.wechat else ""
    ways = rules.reach(account=account, phone=to.phone, signed=bool(notice.office.sign), served=served)
    at = max(notice.at or now, now)
    if not rules.any_hour(template.code, to.kind, emergency=emergency, asked=notice.asked):
        at = rules.after_quiet(at)
    return emergency, rules.legs(template, ways, emergency=emergency), at


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of a notice: its first channel ("" for none), whether SMS follows when it does not arrive, when
    it would leave, and how many SMS this person may still be sent today (N8; None where none would go)."""

    channel: str
    sms_follows: bool
    at: datetime
    sms_left: int | None


def outlook(notice: Notice) -> Outlook:
    """What would become of this notice, asked before somebody writes it; nothing is written."""
    now = clock.now()
    emergency, (first, *_more), at = _route(notice, frozenset(letters()), now)
    channel = "" if first.reason else first.channel.value
    by_sms = channel == Channel.SMS
    left = rules.SMS_PER_DAY - sms_of_day(notice.to.kind, notice.to.key, at) if by_sms and not emergency else None
    return Outlook(channel, bool(first.phone), at, left if left is None else max(0, left))


# --- what comes back ----------------------------------------------------------------------------------------------


def received(channel: str, provider_id: str, state: str, at: datetime, key: str = "") -> bool:
    """A provider's callback: SENT, DELIVERED, READ or FAILED, by its id or by our key; True when it is news.

    Repeats and words out of order change nothing. A message we do not know (yet) gives False.
    """
    with transaction.atomic():
        row = _found(channel, provider_id, key)
        if row is None or not progress.reached(row, ReceiptState(state), at, provider_id):
            return False
        row.settle()
        store.update([row], progress.FIELDS)
        trouble.tell([row] if row.state in TROUBLED else [])
        return True


def heard(callback: Callback) -> bool:
    """`received` for the callbacks that connectors publish."""
    return received(callback.letter, callback.provider_id, callback.state, callback.at, callback.key)


def _found(channel: str, provider_id: str, key: str) -> Delivery | None:
    rows = Delivery.objects.select_for_update().filter(channel=channel)
    row = rows.filter(provider_id=provider_id).first() if provider_id else None
    if row is None and key.isascii() and key.isdigit() and len(key) < 19:
        row = rows.filter(pk=int(key)).first()
    return row


def withdraw(ids: Sequence[int]) -> bool:
    """Take back messages that have not left; False, and nothing changes, when one of them has."""
    with transaction.atomic():
        rows = list(Delivery.objects.select_for_update().filter(pk__in=ids).order_by("id"))
        if any(row.state not in (State.QUEUED, *NOT_TOLD) for row in rows):
            return False
        waiting = [row for row in rows if row.state == State.QUEUED]
        for row in waiting:
            progress.end(row, State.CANCELLED, Reason.STALE)
            row.settle()
        store.update(waiting, progress.FIELDS)
    return True


def read(about: tuple[str, int], to: tuple[str, int], at: datetime | None = None) -> int:
    """Somebody opened the thing: what the app said to them about it is read, and nobody calls (N6); gives the count."""
    moment = at or clock.now()
    with transaction.atomic():
        rows = Delivery.objects.select_for_update().filter(
            about_type=about[0], about_id=about[1], to_kind=to[0], to_id=to[1], channel=Channel.WECHAT, read_at=None
        )
        changed = [row for row in rows.order_by("id") if progress.reached(row, ReceiptState.READ, moment)]
        for row in changed:
            row.settle()
        store.update(changed, progress.FIELDS)
    return len(changed)
