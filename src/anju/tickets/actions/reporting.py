"""A report becomes a ticket: checked, classified, numbered, its clocks started, the reporter told (domain file 01)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anju import understanding
from anju.accounts.rules import Worker
from anju.core import clock, ids, phones, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate import queries as estate
from anju.estate.models import Asset, Community, Person, Place, Room
from anju.files.models import File
from anju.tickets.actions import choosing, clockwork, indexing, joining, nights, opening, telling, waking
from anju.tickets.actions.bench import Bench
from anju.tickets.actions.case import Case
from anju.tickets.choices import Channel, LeafSource, Stage
from anju.tickets.models import Photo, Ticket
from anju.tickets.rules import dispatch as rules
from anju.vault import masks
from anju.vault.blind import blind, blinds

MAX_TEXT = 1000
MAX_PHOTOS = 9
LATE_LIMIT = timedelta(hours=24)
LATE_MARK = timedelta(minutes=30)
TITLE = 24
NEXT_NUMBER = (
    "INSERT INTO tickets_series (id, community_id, day, last) VALUES (%s, %s, %s, 1) "
    "ON CONFLICT (community_id, day) DO UPDATE SET last = tickets_series.last + 1 RETURNING last"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports. `phone` as typed; `leaf` when a person chose the kind; photos already kept as files.

    `twin`: the open ticket that a person says it is the same as; `apart`: he says that it is another fault.
    """

    community: Community
    text: str = ""
    channel: str = Channel.API
    room: Room | None = None
    place: Place | None = None
    asset: Asset | None = None
    person: Person | None = None
    phone: str = ""
    leaf: str = ""
    photos: Sequence[File] = field(default=())
    voice: File | None = None
    reported_at: datetime | None = None
    appointment: tuple[datetime, datetime] | None = None
    channel_ref: str = ""
    guest_key: str = ""
    twin: Ticket | None = None
    apart: bool = False


def report(asked: Report, *, by: Scope) -> Ticket:
    """Make a ticket of a report. Raises Refused with the codes of domain file 01; nothing is stored then."""
    wording = _checked_text(asked)
    phone = _checked_phone(asked.phone)
    suggestion = _suggest(asked, wording)
    with transaction.atomic():
        ticket = _ticket(asked, by, wording, phone, suggestion)
        if by.is_owner_side and ticket.prio != "P0":
            _check_limit(ticket, asked.community)
        case = Case(ticket, [], Bench(asked.community), by=by, now=clock.now())
        _draw_number(ticket)
        _begin(case, asked, suggestion)
        opening.close([case])
        Photo.objects.bulk_create(
            Photo(ticket=ticket, file=file, stage=Stage.REPORT, at=case.now) for file in asked.photos
        )
        indexing.add(ticket, wording)
        for held in ("first_contact", "accountable", "handler"):
            row = case.bench.staff.get(getattr(ticket, f"{held}_id") or 0)
            if row is not None:
                setattr(ticket, held, row)
    return ticket


def _checked_text(asked: Report) -> str:
    wording = text.clean(asked.text)
    if len(wording) > MAX_TEXT:
        raise _field("DESC_TOO_LONG", "text", _("描述最多1000字，请精简一些"))
    if len(asked.photos) > MAX_PHOTOS:
        raise _field("PHOTO_LIMIT", "photos", _("照片最多9张，每张不超过10MB"))
    if len(wording) < 2 and not asked.photos and not asked.leaf and not asked.voice:
        raise _field("DESC_EMPTY", "text", _("请描述您遇到的问题"))
    return wording


def _field(code: str, name: str, message: str) -> Refused:
    return Refused(code, message, fields={name: message})


def _checked_phone(raw: str) -> str:
    raw = text.one_line(raw)
    if not raw:
        return ""
    found = phones.parse(raw)
    if found is None:
        raise _field("PHONE_INVALID", "phone", _("手机号格式不正确"))
    return found.number


def _suggest(asked: Report, wording: str) -> understanding.Suggestion:
    kind = asked.asset.kind if asked.asset else asked.place.kind if asked.place else ""
    found = understanding.classify_at(kind, wording) if kind else understanding.classify(wording)
    if not asked.leaf:
        return found
    if asked.leaf not in understanding.leaves():
        raise _field("LEAF_UNKNOWN", "leaf", _("没有这个类别"))
    return understanding.combine(understanding.leaf(asked.leaf), found)


def _when(asked: Report, now: datetime) -> datetime:
    at = asked.reported_at or now
    if at > now:
        raise _field("REPORTED_AT_FUTURE", "reported_at", _("报事时间不能晚于现在"))
    if now - at > LATE_LIMIT:
        raise _field("REPORTED_AT_TOO_OLD", "reported_at", _("补录最多补24小时内的报事"))
    return at


def _ticket(asked: Report, by: Scope, wording: str, phone: str, suggestion: understanding.Suggestion) -> Ticket:
    now, leaf = clock.now(), suggestion.leaf
    reported_at = _when(asked, now)
    start, end = _appointment(asked, reported_at)
    person, number = asked.person, _number_of(asked, phone)
    ticket = Ticket(
        community=asked.community,
        type=leaf.type,
        leaf_code=leaf.code,
        leaf_source=LeafSource(suggestion.source),
        leaf_conf=suggestion.confidence,
        leaf_words=list(suggestion.words),
        leaf_model=suggestion.version,
        second_leaf=suggestion.second.code if suggestion.second else "",
        suspected_leaf=suggestion.suspected.code if suggestion.suspected else "",
        prio=suggestion.prio,
        place=_place(asked),
        room=asked.room,
        asset=asked.asset,
        reporter=person,
        reporter_hash=blind(number, "phone") if number else "",
        reporter_wechat=bool(person and person.openid_hash),
        reporter_staff_id=by.staff_id,
        channel=asked.channel,
        channel_ref=masks.mask_text(text.one_line(asked.channel_ref)[:64]),
        guest_key=asked.guest_key,
        reported_at=reported_at,
        created_at=now,
        late_entry=now - reported_at > LATE_MARK,
        appointment_start=start,
        appointment_end=end,
        status_since=now,
        lead_dept=leaf.dept,
        asked_at=reported_at if by.is_owner_side or asked.channel == Channel.PHONE else None,
        photo_count=len(asked.photos),
        voice=asked.voice,
    )
    ticket.title = text.head(wording, TITLE) or leaf.name
    ticket.text = wording
    ticket.reporter_phone = number
    return ticket


def _number_of(asked: Report, phone: str) -> str:
    """The number typed, else the first one in the register, "" when there is none."""
    return phone or (estate.phone_of(asked.person.id) if asked.person else None) or ""


def _place(asked: Report) -> Place | None:
    return asked.place or (asked.asset.place if asked.asset else None)


def _appointment(asked: Report, reported_at: datetime) -> tuple[datetime | None, datetime | None]:
    if asked.appointment is None:
        return None, None
    start, end = asked.appointment
    if end <= start or end <= reported_at:
        raise _field("APPOINTMENT_INVALID", "appointment", _("预约时间不对，结束要晚于开始和现在"))
    return start, end


def _check_limit(ticket: Ticket, community: Community) -> None:
    """Not more than ten tickets per person and day; emergencies never count (TOO_MANY)."""
    rows = Ticket.objects.filter(created_at__gte=clock.day_start(clock.now())).exclude(prio="P0")
    if ticket.reporter_id:
        rows = rows.filter(reporter_id=ticket.reporter_id)
    elif ticket.reporter_hash:
        rows = rows.filter(reporter_hash__in=blinds(ticket.reporter_phone, "phone"))
    else:
        return
    if rows.count() >= Bench(community).setting("ticket.daily_limit_person"):
        message = _("今天报得有点多，请致电%(hotline)s") % {"hotline": community.hotline}
        raise Refused("TOO_MANY", message, status=429)


def _draw_number(ticket: Ticket) -> None:
    """The next number of the community's day, YYMMDD-NNNN; the counter row is locked until the ticket is stored."""
    day = clock.local(ticket.created_at).date()
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [ids.new(), ticket.community_id, day])
        ticket.no = f"{day:%y%m%d}-{cursor.fetchone()[0]:04d}"


def _begin(case: Case, asked: Report, suggestion: understanding.Suggestion) -> None:
    ticket = case.ticket
    case.event(
        "report",
        visible=True,
        leaf=ticket.leaf_code,
        confidence=suggestion.confidence,
        words=list(suggestion.words),
        channel=ticket.channel,
        late=ticket.late_entry,
        photos=len(asked.photos),
        model=suggestion.version,
    )
    if case.by.is_staff:
        ticket.first_contact_id = case.by.staff_id
        if case.by.has(ticket.community_id, "OUT"):
            nights.expect(case.bench.community)
    keeper = _keeper(case)
    ticket.accountable_id = keeper.staff_id if keeper else None
    clockwork.start_clocks(case)
    waking.catch_up(case)
    telling.created(case)
    if suggestion.suspected:
        choosing.suspect_emergency(case, suggestion.suspected, keeper)
    _tell_appointment(case)
    if joining.join(case, asked.twin, apart=asked.apart):
        return
    if ticket.leaf.emergency:
        choosing.start_emergency(case)
    elif suggestion.auto and case.bench.setting("automatic.accept"):
        joining.accept_by_rules(case, keeper)


def _tell_appointment(case: Case) -> None:
    ticket = case.ticket
    if ticket.appointment_end and ticket.prio != "P0":
        telling.reporter(case, "T117", eta=telling.moment(ticket.appointment_start or ticket.appointment_end))


def _keeper(case: Case) -> Worker | None:
    """Who answers until somebody accepts: the agent who records it, else the agent on duty."""
    recorder = case.bench.by_id.get(case.by.staff_id or 0)
    if recorder and not recorder.roles.isdisjoint({"CS", "CSS", "OUT"}):
        return recorder
    return rules.desk(case.bench.workers)
