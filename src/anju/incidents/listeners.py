"""News from below that this room acts on, and questions from below that it answers."""

from anju.duty import news as duty
from anju.duty.choices import LineKind
from anju.duty.models import Turn
from anju.duty.queries import OpenItem, tells_open_items
from anju.incidents.actions import automatic, manning
from anju.incidents.choices import State
from anju.incidents.models import Incident, Link
from anju.incidents.queries import finding
from anju.journal.models import Entry
from anju.journal.news import listen
from anju.notify.models import Delivery
from anju.notify.staleness import still_true
from anju.tickets.actions.joining import tells_known
from anju.tickets.models import Ticket


@listen("tickets.report")
def reported(entry: Entry) -> None:
    """Three of a kind in ten minutes open an incident; one more joins it."""
    automatic.consider(entry.subject_id)


@listen("tickets.classify")
def reclassified(entry: Entry) -> None:
    """It is an emergency after all."""
    automatic.consider(entry.subject_id)


@listen(duty.HANDED_OVER)
def the_post_changes_hands(entry: Entry) -> None:
    """Roles go over with the post, and must be answered (edge case: shift change in the middle)."""
    if entry.data["from"] and entry.data["to"]:
        manning.change_shift(entry.community_id or 0, entry.data["from"], entry.data["to"])


@listen("accounts.checked_out")
def somebody_goes_home(entry: Entry) -> None:
    """Without a handover sheet the next one of the roster is called."""
    manning.change_shift(entry.community_id or 0, entry.subject_id, None)


@tells_open_items
def open_incidents(turn: Turn) -> list[OpenItem]:
    """What of the incidents must stand on the handover of this turn."""
    rows = finding.running(turn.community_id).filter(calls__staff_id=turn.staff_id).distinct()
    return [
        OpenItem(LineKind.CALLOUT, row.subject, f"{row.no} {row.kind} {row.place} {State(row.state).label}")
        for row in rows
    ]


@tells_known
def known(ticket: Ticket) -> Ticket | None:
    """The ticket that a new one of the same kind at the same place follows, while an incident is on there."""
    row = finding.known(ticket.community_id, ticket.leaf_code, finding.area_of_ticket(ticket))
    if row is None:
        return None
    links = Link.objects.filter(incident=row, ticket__leaf_code=ticket.leaf_code, ticket__master=None)
    found = links.select_related("ticket").order_by("ticket_id").first()
    return found.ticket if found else None


@still_true("incident")
def holds(delivery: Delivery) -> bool:
    """A bulletin that waited for the morning is sent only if it is the last one of what still goes on (N7)."""
    row = Incident.objects.filter(id=delivery.about_id).first()
    if row is None or delivery.template != "T302":
        return True
    later = row.bulletins.filter(posted_at__gt=delivery.created_at).exists()
    return row.runs and not later
