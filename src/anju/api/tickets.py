"""Reporting, listing and reading tickets."""

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from anju.accounts import queries as accounts
from anju.api import answers, sending, steps
from anju.api.bodies import ClassifyIn
from anju.api.calling import Call, answer, needs
from anju.api.schemas import FAULTS, Number, ReportIn, Short, Strict, TicketList, TicketOut
from anju.core import phones
from anju.core.errors import Refused
from anju.core.lookup import only
from anju.core.scope import Kind, Scope
from anju.estate import queries as estate
from anju.estate.models import Asset, Community, Person, Place, Room
from anju.privacy.actions import identifying
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.choices import Channel
from anju.tickets.models import Ticket

router = Router()
Named = TypeVar("Named", Place, Asset)


@router.post("", response={201: TicketOut, **FAULTS}, summary="报事")
@needs("tickets.report")
def report(request: Call, body: ReportIn) -> HttpResponse:
    """Report something. A photo that cannot be kept is named in `photo_errors`; the report is made all the same."""
    scope = request.auth
    community, person = _who(scope, body)
    room, place, asset = _where(scope, community, body, person)
    sending.measure(body.photos)
    failed: list[dict[str, object]] = []

    def act() -> Ticket:
        photos, bad = sending.keep_what_can_be(body.photos, community_id=community.id, by=scope)
        failed.extend(bad)
        asked = tickets.Report(
            community=community,
            text=body.text,
            channel=Channel.MINIPROGRAM
            if scope.kind is Kind.RESIDENT
            else Channel.PHONE
            if body.phone
            else Channel.STAFF,
            room=room,
            place=place,
            asset=asset,
            person=person,
            phone=body.phone or "",
            leaf=body.leaf or "",
            photos=photos,
            reported_at=body.reported_at,
            appointment=(body.appointment.start, body.appointment.end) if body.appointment else None,
        )
        return tickets.report(asked, by=scope)

    ticket = sending.once(request, body.model_dump(mode="json"), act, queries.again)
    return answer(
        answers.whole(scope, ticket, fresh=ticket.written is not None) | ({"photo_errors": failed} if failed else {}),
        201,
    )


def community_of(scope: Scope, code: str | None) -> Community:
    rows = estate.communities(scope)
    found = rows.filter(code=code).first() if code else rows.order_by("id").first()
    if found is None:
        raise Refused("NOT_FOUND", _("没有找到这个小区"), status=404)
    return found


def _who(scope: Scope, body: ReportIn) -> tuple[Community, Person | None]:
    """Where it is reported, and by whom: the resident himself; for staff the one person this phone reaches, nobody when
    it reaches several."""
    own = estate.person(scope)
    if own is not None and body.community in (None, "", own.community.code):
        return own.community, own
    community = community_of(scope, body.community)
    phone = phones.parse(body.phone) if body.phone and own is None else None
    found = estate.people_by_phone(community.id, phone.number) if phone else []
    return community, found[0] if len(found) == 1 else None


def _where(
    scope: Scope, community: Community, body: ReportIn, person: Person | None
) -> tuple[Room | None, Place | None, Asset | None]:
    place = _one(estate.places, scope, community, body.place, "place")
    asset = _one(estate.assets, scope, community, body.asset, "asset")
    room = None
    if body.room:
        room = _home(scope, community, body.room)
    elif place is None and asset is None and person is not None:
        own = estate.rooms_of(person.id)
        room = own[0] if len(own) == 1 else None
    return room, place, asset


def _home(scope: Scope, community: Community, said: str) -> Room:
    """The room with this full code; five a day that do not exist, then no more (R16.1)."""
    room = only(estate.rooms(scope, community.id).filter(full_code=said))
    if room is not None:
        return room
    if scope.is_owner_side:
        message = _("您未绑定该房屋")
        raise Refused("ROOM_NOT_YOURS", message, fields={"room": message})
    identifying.missed(community, by=scope)
    raise Refused("ROOM_UNKNOWN", _("没有这个房号"), fields={"room": _("没有这个房号")})


def _one(
    known: Callable[[Scope, int], QuerySet[Named]], scope: Scope, community: Community, wanted: str | None, field: str
) -> Named | None:
    """The row with this code or exactly this name."""
    if not wanted:
        return None
    rows = known(scope, community.id)
    found = rows.filter(code=wanted).first() or rows.filter(name=wanted).first()
    if found is None:
        message = _("没有这个地点或设备")
        raise Refused("PLACE_UNKNOWN", message, fields={field: message})
    return found


class ListIn(Strict):
    """Filters of the list."""

    view: Literal["all", "mine", "new", "waiting", "visit", "closed", "any"] = "any"
    light: Literal["RED", "YELLOW", "GREEN", "GREY"] | None = None
    status: Short | None = None
    dept: Short | None = None
    handler: Short | None = None
    leaf: Short | None = None
    community: Short | None = None
    q: Short | None = None
    sort: Literal["light", "due_at", "created_at", "-created_at"] | None = None
    cursor: Annotated[str, Field(max_length=400)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("", response={200: TicketList, **FAULTS}, summary="列表")
@needs("tickets.see")
def listed(request: Call, asked: Query[ListIn]) -> HttpResponse:
    """Tickets the caller may see: red, yellow, green, grey, inside a light the nearest deadline first; what was looked
    for with `q`, at most a thousand, newest first."""
    scope = request.auth
    _only_known(request)
    filters = _filters(scope, asked)
    among = queries.matching(scope, asked.q, filters) if asked.q else None
    sort = asked.sort or ("-created_at" if asked.q else "light")
    page = queries.queue(scope, filters, limit=asked.limit, cursor=asked.cursor, sort=sort, among=among)
    return answer({"items": [answers.line(scope, one) for one in page.rows], "cursor": page.cursor})


def _only_known(request: Call) -> None:
    strangers = set(request.GET) - set(ListIn.model_fields)
    if strangers:
        raise Refused(
            "FIELD_UNKNOWN", _("没有这个查询条件"), fields={name: _("没有这个查询条件") for name in strangers}
        )


def _filters(scope: Scope, asked: ListIn) -> queries.Filters:
    return queries.Filters(
        view=asked.view,
        light=asked.light or "",
        status=asked.status or "",
        dept=asked.dept or "",
        handler=_handler(scope, asked.handler),
        leaf=asked.leaf or "",
        community=community_of(scope, asked.community).id if asked.community else None,
        no_children=False,
    )


def _handler(scope: Scope, login: str | None) -> int | None:
    if not login:
        return None
    found = next(filter(None, (accounts.by_login(scope, one, login) for one in sorted(scope.communities))), None)
    return found.id if found else 0


@router.get("/{no}", response={200: TicketOut, **FAULTS}, summary="一单")
@needs("tickets.see")
def one(request: Call, no: Number) -> HttpResponse:
    """One ticket with its clocks, story and messages."""
    return answer(answers.whole(request.auth, queries.by_no(request.auth, no)))


@router.patch("/{no}", response={200: TicketOut, **FAULTS}, summary="改类别")
@needs("tickets.classify")
def corrected(request: Call, no: Number, body: ClassifyIn) -> HttpResponse:
    """Correct the kind; the same as the action `classify`."""
    return answer(answers.whole(request.auth, steps.done(request, no, "classify", body)))
