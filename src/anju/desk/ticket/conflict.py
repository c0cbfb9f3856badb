"""Two people at one ticket: which changes count as a collision, and how it is told (screens, 5.3 and 5.5)."""

from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import Scope
from anju.desk.ticket.story import actor
from anju.desk.ticket.words import SAYS, UNKNOWN, Told, verb_of
from anju.journal import queries as journal
from anju.journal.models import Entry
from anju.tickets.models import Ticket

HARMLESS = frozenset(
    {"note", "reply", "contact", "tick", "light", "breach", "accountable", "urge", "visit_due", "visit_done", "follow"}
)


def version_seen(ticket: Ticket, sent: str) -> int | None:
    """The version to check against: what the page showed, or the present one when only harmless things came since.

    A clock that runs out, a remark or an urge while somebody types does not make his decision wrong.
    """
    seen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else ticket.version
    if seen == ticket.version:
        return seen
    missed = _since(ticket, seen)
    return ticket.version if all(verb_of(row.verb) in HARMLESS for row in missed) else seen


def _since(ticket: Ticket, seen: int) -> list[Entry]:
    """Entries that raised the version above `seen`, newest first (a change of light does not count)."""
    rows = journal.of("ticket", ticket.id).exclude(verb="tickets.light").order_by("-seq")
    return list(rows[: max(1, ticket.version - seen)])


def told(ticket: Ticket, scope: Scope) -> str:
    """王芳11:05已操作这一单：受理。您写的内容还在; "" when nobody but clocks has touched it."""
    rows = journal.of("ticket", ticket.id).exclude(verb="tickets.light").order_by("-seq")[:20]
    last = next((row for row in rows if verb_of(row.verb) not in HARMLESS), None)
    if last is None:
        return ""
    names = accounts.names({one for one in (last.actor_id, last.data.get("staff")) if isinstance(one, int)})
    _icon, _kind, say = SAYS.get(verb_of(last.verb), UNKNOWN)
    values = {
        "who": _("您") if last.actor_id == scope.staff_id else actor(last, names),
        "at": f"{clock.local(last.at):%H:%M}",
        "what": say(Told(last.data, names, clock.now())),
    }
    return _("%(who)s%(at)s已操作这一单：%(what)s。您写的内容还在") % values
