"""Reporters without login: the key in their link, the tickets they hold in this session, how much they may report."""

from dataclasses import replace

from django.utils.translation import gettext as _

from anju.accounts.queries import TICKETS_KEY
from anju.core import clock, ids
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope, guest
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui.guard import Request
from anju.vault.blind import sign

HELD_AT_MOST = 50
REPORTS = "reports"
PER_HOUR = 10
HOUR_S = 3600


def link_key(request: Request) -> str:
    """The key of the link a reporter gets: drawn from the key of his form, so that a second press finds the same link."""
    return sign(request.POST.get("once") or ids.token(), "guest link")


def hash_of(key: str) -> str:
    """What is stored of a key."""
    return sign(key, "guest")


def hold(request: Request, ticket: Ticket) -> None:
    """Remember in this session that its holder may see the ticket and its photos."""
    held = list(request.session.get(TICKETS_KEY, ()))
    if ticket.id not in held:
        request.session[TICKETS_KEY] = [*held, ticket.id][-HELD_AT_MOST:]


def by_key(request: Request, key: str) -> tuple[Ticket, Scope]:
    """The ticket of a link, and its holder's scope; refused as not found when the link is wrong."""
    ticket = queries.by_guest_key(key)
    if ticket is None:
        raise Refused("NOT_FOUND", _("没有找到这一单"), status=404)
    hold(request, ticket)
    scope = request.scope
    if scope.kind is Kind.RESIDENT:
        return ticket, replace(scope, tickets=scope.tickets | {ticket.id})
    return ticket, guest(ticket.id, *scope.tickets, communities=frozenset({ticket.community_id}))


def count_report(request: Request, hotline: str) -> None:
    """Ten reports in an hour from one browser; emergencies are not counted. Raises Refused TOO_MANY (429)."""
    now = int(clock.now().timestamp())
    recent = [at for at in request.session.get(REPORTS, ()) if at > now - HOUR_S]
    if len(recent) >= PER_HOUR:
        raise Refused("TOO_MANY", _("今天报得有点多，请致电%(hotline)s") % {"hotline": hotline}, status=429)
    request.session[REPORTS] = [*recent, now]
