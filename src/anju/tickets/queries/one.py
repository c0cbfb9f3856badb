"""One ticket, by number or key, and all that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.errors import NotYours, Refused
from anju.core.scope import Scope
from anju.estate.models import Label, Place
from anju.journal import queries as journal
from anju.journal.models import Entry
from anju.notify import queries as notify
from anju.tickets import access
from anju.tickets.choices import ENDED, FINISHED, Status
from anju.tickets.models import Clock, Photo, Quote, Ticket, Undo
from anju.tickets.models.ticket import OPEN, Written
from anju.tickets.rules import flow
from anju.vault.blind import sign

ONE_RELATED = ("community", "place", "room", "asset", "reporter")
PEOPLE = ("first_contact", "accountable", "handler", "co_offer")
"""Taken from the crew, which is at hand: four more joins would cost more to plan than everything else."""


def by_no(scope: Scope, no: str, *, community: int | None = None, doing: str = "") -> Ticket:
    """The ticket with this number in the asker's communities. Raises Refused NOT_FOUND (404), or NOT_ALLOWED (403)
    for staff of the same community who may not see it. `doing` an action, whoever comes too late for it gets the ticket
    all the same, so that the action can tell him so."""
    rows = Ticket.objects.select_related(*ONE_RELATED).filter(no=_plain(no))
    if community is not None:
        rows = rows.filter(community_id=community)
    if not scope.is_system:
        mine = Q(community_id__in=scope.communities)
        rows = rows.filter(mine | Q(id__in=scope.tickets) if scope.tickets else mine)
    found = list(rows.order_by("-id")[:5])
    for row in found:
        if access.can_see(scope, row) or (doing and _comes_too_late(scope, doing, row)):
            return seated(row)
    if found and scope.is_staff:
        raise NotYours(_("您没有这个权限"), subject=found[0].subject, community_id=found[0].community_id)
    raise Refused("NOT_FOUND", _("没有找到这一单"), status=404)


def _comes_too_late(scope: Scope, doing: str, row: Ticket) -> bool:
    if doing == "take" and access.too_late(scope, row):
        return True
    return not flow.may(doing, row.status) and access.does_such(scope, doing, row)


def again(ticket_id: int) -> Ticket:
    """A ticket the asker has just worked on, as it stands now: also when the step took it out of his hands."""
    return seated(Ticket.objects.select_related(*ONE_RELATED).get(id=ticket_id))


def undoable(scope: Scope, ticket: Ticket) -> bool:
    """True when the asker's last step on this ticket can still be taken back."""
    mine = Undo.objects.filter(ticket=ticket, staff_id=scope.staff_id or 0, event_seq=ticket.event_seq)
    return mine.filter(until__gt=clock.now()).exists()


def seated(ticket: Ticket) -> Ticket:
    """The same ticket with its people from the crew."""
    crew = {row.staff_id: row.staff for row in accounts.crew(ticket.community_id)}
    for name in PEOPLE:
        staff = crew.get(getattr(ticket, f"{name}_id") or 0)
        if staff is not None:
            setattr(ticket, name, staff)
    return ticket


def _plain(no: str) -> str:
    """A number without control characters: no database is asked for those."""
    return no if no.isprintable() else ""


def by_guest_key(key: str) -> Ticket | None:
    """The ticket behind the link a reporter without login was given."""
    if not 16 <= len(key) <= 64:
        return None
    found = Ticket.objects.select_related(*ONE_RELATED).filter(guest_key=sign(key, "guest")).first()
    return seated(found) if found else None


def for_handler(scope: Scope) -> list[Ticket]:
    """A worker's own list: offered and taken, in the order of the lights (RED first, nearest deadline)."""
    rows = Ticket.objects.select_related(*ONE_RELATED).filter(
        community_id__in=scope.communities,
        handler_id=scope.staff_id,
        status__in=(Status.DISPATCHED, Status.TAKEN, Status.IN_PROGRESS, Status.SUSPENDED),
    )
    return [seated(row) for row in rows.order_by("rank", "due_at", "id")]


def open_at(label: Label, limit: int = 3) -> list[Ticket]:
    """What is already reported at a scanned place or asset: shown without any personal data ("我也遇到")."""
    rows = Ticket.objects.filter(community_id=label.community_id, master=None).exclude(status__in=ENDED)
    rows = rows.filter(asset=label.asset) if label.asset else rows.filter(place=label.place, asset=None)
    waiting = rows.exclude(status__in=(Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT))
    return list(waiting.order_by("-id")[:limit])


def open_around(place: Place, limit: int = 4) -> list[Ticket]:
    """What is being done about public places and things of the same building, as whoever lives there may read it: no home,
    no word of a reporter. Without a building only the place itself."""
    here = Q(place=place)
    if place.building_no:
        here = Q(place__building_no=place.building_no, place__unit_no__in=("", place.unit_no))
    rows = Ticket.objects.filter(here, community_id=place.community_id, master=None, room=None, status__in=OPEN)
    waiting = rows.exclude(status__in=FINISHED).select_related("place", "asset")
    return list(waiting.order_by("-id")[:limit])


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """Everything a page or an answer shows of one ticket, read with a constant number of queries."""

    ticket: Ticket
    clocks: Sequence[Clock]
    entries: Sequence[Entry]
    photos: Sequence[Photo]
    told: Sequence[notify.Told]
    quotes: Sequence[Quote]
    children: Sequence[Ticket]
    names: dict[int, str]
    logins: dict[int, str]


def facts_of(scope: Scope, ticket: Ticket, *, fresh: bool = False) -> TicketFacts:
    """The facts of a ticket the asker already holds; the owner side gets only what is visible to it.

    `fresh`: it was made just now by this process, so everything is still at hand.
    """
    if fresh and ticket.written is not None:
        return _written(scope, ticket, ticket.written)
    entries = journal.of("ticket", ticket.id)
    told = notify.about("ticket", ticket.id)
    children: list[Ticket] = []
    if scope.is_owner_side:
        entries = entries.filter(visible=True)
        told = [one for one in told if one.to_kind != "staff"]
    else:
        children = list(ticket.children.order_by("id")) if ticket.child_count else []
    story = list(entries)
    badges = accounts.badges(_people(ticket, story))
    return TicketFacts(
        ticket=ticket,
        clocks=_current(_leading(scope, ticket)),
        entries=story,
        photos=_photos(ticket),
        told=told,
        quotes=list(ticket.quotes.all()),
        children=children,
        names={staff_id: badge.name for staff_id, badge in badges.items()},
        logins={staff_id: badge.login for staff_id, badge in badges.items()},
    )


def _written(scope: Scope, ticket: Ticket, written: Written) -> TicketFacts:
    """The facts of a ticket that was made just now, from memory."""
    outside = scope.is_owner_side
    return TicketFacts(
        ticket=ticket,
        clocks=written.clocks,
        entries=[row for row in written.entries if row.visible >= outside],
        photos=_photos(ticket),
        told=[one for one in notify.told(written.told) if (one.to_kind != "staff") >= outside],
        quotes=[],
        children=[],
        names={staff_id: row.name for staff_id, row in written.staff.items()},
        logins={staff_id: row.login for staff_id, row in written.staff.items()},
    )


def _photos(ticket: Ticket) -> list[Photo]:
    return list(ticket.photos.select_related("file")) if ticket.photo_count else []


def _leading(scope: Scope, ticket: Ticket) -> Ticket:
    """Whose times hold for this reader."""
    return (ticket.master or ticket) if scope.is_owner_side else ticket


def _current(ticket: Ticket) -> list[Clock]:
    latest: dict[str, Clock] = {}
    for one in ticket.clocks.order_by("id", "round"):
        if one.kind not in latest or one.round > latest[one.kind].round:
            latest[one.kind] = one
    return list(latest.values())


def _people(ticket: Ticket, entries: Sequence[Entry]) -> set[int]:
    """Everybody named in the story; `before` and `co` are people in some entries, leaves or departments in others."""
    ids = [row.actor_id for row in entries if row.actor_kind == "staff"]
    for row in entries:
        ids += [row.data.get("staff"), row.data.get("before"), row.data.get("co"), *row.data.get("crew", ())]
    ids += [ticket.first_contact_id, ticket.accountable_id, ticket.handler_id]
    return {one for one in ids if isinstance(one, int)}
