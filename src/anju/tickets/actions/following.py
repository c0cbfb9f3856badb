"""A merged ticket follows its master: state and news, but no clocks of its own (transition r)."""

from anju.core.scope import SYSTEM
from anju.tickets.actions import telling
from anju.tickets.actions.case import Case
from anju.tickets.choices import Status

PERSONAL = frozenset({"T113", "T116", "T123"})
"""Answers to one reporter (his urge, his quote, what was written to him), of which the others hear nothing."""


def follow(child: Case, master: Case) -> None:
    """Take over the master's state and tell the child's reporter what the master's reporter was told."""
    ticket = child.ticket
    if ticket.status != master.ticket.status:
        child.event("follow", to=Status(master.ticket.status), by=SYSTEM, visible=True, master=master.ticket.no)
    child.drop(*child.clocks)
    child.answer_for(master.ticket.accountable_id, "FOLLOW")
    ticket.first_contact_id = ticket.first_contact_id or master.ticket.first_contact_id
    ticket.handler_id = master.ticket.handler_id
    ticket.closed_at, ticket.close_code = master.ticket.closed_at, master.ticket.close_code
    for template, values in master.echo:
        if template not in PERSONAL:
            telling.reporter(child, template, **{**values, "no": ticket.no})
