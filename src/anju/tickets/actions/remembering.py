"""How a ticket stood before a step at the desk, so that the step can be taken back (screens, 5.4)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import models

from anju.tickets.actions.case import Case
from anju.tickets.models import Clock, Suspension, Ticket, Undo

WINDOW = timedelta(seconds=8)
KEPT = frozenset({"id", "no", "community", "title", "text", "reporter_phone", "result", "created_at"})
"""What no step changes, or what may not lie open in a second place."""
COUNTED = frozenset({"event_seq", "version", "was_red"})
"""What goes on counting although a step is taken back."""


def picture(case: Case) -> dict[str, Any]:
    """Columns of the ticket, its clocks and its suspensions, as they are before the step."""
    ticket = case.ticket
    return {
        "ticket": {one.attname: getattr(ticket, one.attname) for one in _columns(Ticket, KEPT | COUNTED)},
        "clocks": [_values(one) for one in case.clocks.values()],
        "rounds": list(ticket.clocks.values_list("id", flat=True)),
        "waits": [_values(one) for one in ticket.suspensions.all()],
    }


def remember(case: Case, action: str, before: Mapping[str, Any], messages: Sequence[int]) -> None:
    """Keep the picture until the messages leave."""
    Undo.objects.update_or_create(
        ticket=case.ticket,
        defaults={
            "staff_id": case.by.staff_id or 0,
            "action": action,
            "event_seq": case.ticket.event_seq,
            "until": case.now + WINDOW,
            "before": before,
            "messages": messages,
        },
    )


def restore(case: Case, kept: Undo) -> None:
    """Put ticket, clocks and suspensions back; what the step had begun is gone."""
    before, ticket = kept.before, case.ticket
    columns = {one.attname: one for one in _columns(Ticket, KEPT | COUNTED)}
    for name, value in before["ticket"].items():
        setattr(ticket, name, columns[name].to_python(value))
    ticket.clocks.exclude(id__in=before["rounds"]).delete()
    clocks = [_row(Clock, values) for values in before["clocks"]]
    case.clocks = {one.kind: one for one in clocks}
    case.touched = {one.id: one for one in clocks}
    ticket.suspensions.all().delete()
    Suspension.objects.bulk_create(_row(Suspension, values) for values in before["waits"])
    case.moved = case.answered_anew = True


def _columns(table: type[models.Model], without: frozenset[str] = frozenset()) -> list[Any]:
    return [one for one in table._meta.concrete_fields if one.name not in without]


def _values(row: models.Model) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in _columns(type(row))}


def _row(table: type[Any], values: Mapping[str, Any]) -> Any:
    columns = {one.attname: one for one in _columns(table)}
    return table(**{name: columns[name].to_python(value) for name, value in values.items()})
