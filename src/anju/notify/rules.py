"""When and by which channel somebody is told: N6–N9 as pure functions; times are parameters."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from anju.core import clock
from anju.core.phones import PhoneKind, parse
from anju.notify.catalog import CODE, Template
from anju.notify.choices import Channel, Reason, RecipientKind, State

QUIET_FROM, QUIET_TO = time(22), time(8)
PATIENCE = timedelta(seconds=60)
"""N6: WeChat has this long to arrive (or, for V, to be read)."""
CHECK_AFTER = PATIENCE + clock.SECOND
REPEAT_WITHIN = timedelta(minutes=10)
SMS_PER_DAY = 5
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""N9: after the first attempt."""
MAX_FAILURES = 1 + len(RETRIES)
MAX_CRASHES = 8
"""A row that so many workers died on is parked (F39). A killed worker also drops rows it had not begun with."""
LEASE = timedelta(seconds=60)
SECRET = frozenset({"code", "key"})
"""Variables whose value opens something: they are kept sealed, and `vars` shows `HIDDEN` for them."""
HIDDEN = "***"
STALE_AFTER = timedelta(minutes=5)
"""A message that leaves later than this after it was written is asked whether it still holds (N7)."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One message by one channel. `phone` is where SMS or a call would go when WeChat does not arrive."""

    channel: Channel
    address: str
    phone: str = ""
    watched: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways that lead to a recipient now; an empty address is no way."""

    wechat: str
    sms: str
    voice: str


def reach(*, account: str, phone: str | None, signed: bool, served: frozenset[str]) -> Reach:
    """What is open: the channels served here; SMS only to mobiles and with a signature; calls to Chinese numbers."""
    mobile, callable_ = _numbers(phone)
    return Reach(
        wechat=account if Channel.WECHAT in served else "",
        sms=mobile if signed and Channel.SMS in served else "",
        voice=callable_ if Channel.VOICE in served else "",
    )


def _numbers(phone: str | None) -> tuple[str, str]:
    """The number if SMS reaches it, and if a call does."""
    parsed = parse(phone) if phone else None
    if parsed is None or parsed.kind is PhoneKind.FOREIGN:
        return "", ""
    return parsed.number if parsed.kind is PhoneKind.MOBILE else "", parsed.number


def legs(template: Template, ways: Reach, *, emergency: bool) -> list[Leg]:
    """The messages to write at once (N6); one leg with NO_CHANNEL when there is no way at all.

    WeChat first, watched when SMS (or, in an emergency, a call) could follow; both at once for emergency templates.
    """
    open_ways = _open_ways(template, ways, emergency=emergency)
    if not open_ways:
        return [Leg(Channel(template.channels[0]), "", reason=Reason.NO_CHANNEL)]
    account = open_ways.pop(Channel.WECHAT, "")
    if not account:
        return [Leg(channel, address) for channel, address in open_ways.items()]
    sms = open_ways.get(Channel.SMS, "")
    if template.emergency and sms:
        return [Leg(Channel.WECHAT, account), Leg(Channel.SMS, sms)]
    later = sms or open_ways.get(Channel.VOICE, "")
    return [Leg(Channel.WECHAT, account, phone=later, watched=bool(later))]


def _open_ways(template: Template, ways: Reach, *, emergency: bool) -> dict[Channel, str]:
    """The addresses this template may use; a call is for emergencies, or for what is only ever spoken."""
    spoken = emergency or Channel.WECHAT not in template.channels
    addresses = {Channel.WECHAT: ways.wechat, Channel.SMS: ways.sms, Channel.VOICE: ways.voice if spoken else ""}
    return {channel: address for channel, address in addresses.items() if address and channel in template.channels}


def follow_ups(template: Template, *, emergency: bool, phone: str, told: bool, read: bool) -> list[Leg]:
    """What follows a watched WeChat message after a minute: SMS when it did not arrive, a call when it was not read."""
    found: list[Leg] = []
    if Channel.SMS in template.channels and not template.emergency and not told and _numbers(phone)[0]:
        found.append(Leg(Channel.SMS, phone))
    if Channel.VOICE in template.channels and emergency and not read:
        found.append(Leg(Channel.VOICE, phone))
    return found


def ends_watch(template: Template, *, emergency: bool, state: str) -> bool:
    """Whether a message that came this far needs no second look: read, or delivered where nobody has to read it."""
    wants_read = Channel.VOICE in template.channels and emergency
    return state == State.READ or (state == State.DELIVERED and not wants_read)


def any_hour(template: str, to_kind: str, *, emergency: bool, asked: bool) -> bool:
    """N7: quiet hours do not hold for staff, emergencies, what the person asked for that night, and codes."""
    return to_kind == RecipientKind.STAFF or emergency or asked or template == CODE


def quiet(at: datetime) -> bool:
    """Whether `at` is in [22:00, 08:00) in Shanghai."""
    hour = clock.local(at).time()
    return hour >= QUIET_FROM or hour < QUIET_TO


def after_quiet(at: datetime) -> datetime:
    """`at`, or the next 08:00 in Shanghai when it is in the quiet hours."""
    if not quiet(at):
        return at
    day = clock.local(at).date()
    return clock.on(day if clock.local(at).time() < QUIET_TO else day + timedelta(days=1), QUIET_TO)


def retry_at(first: datetime, failures: int, now: datetime) -> datetime | None:
    """When to try again after so many failures, counted from the first attempt; None when it was the last (N9).

    Never sooner than the shortest pause from now, so that a late attempt is not followed by a burst.
    """
    if failures >= MAX_FAILURES:
        return None
    return max(first + RETRIES[failures - 1], now + RETRIES[0])
