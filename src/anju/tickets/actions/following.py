"""A merged ticket follows its master: state and news, but no clocks of its own (transition r)."""

from anju.core.scope import SYSTEM
from anju.tickets.actions import telling
from anju.tickets.actions.case import Case
from anju.tickets.choices import Status


def follow(child: Case, master: Case) -> None:
    """Take over the master's state and tell the child's reporter what the master's reporter was told."""
    ticket = child.ticket
    if ticket.status != master.ticket.status:
        child.event("follow", to=Status(master.ticket.status), by=SYSTEM, visible=True, master=master.ticket.no)
    child.drop(*child.clocks)
    ticket.handler_id, ticket.accountable_id = master.ticket.handler_id, master.ticket.accountable_id
    ticket.close_code = master.ticket.close_code
    for template, values in master.echo:
        telling.reporter(child, template, **{**values, "no": ticket.no})
