"""A look by 李敏 at the phone of 张伟, with a ticket of his in her hands."""

from anju.privacy.actions import revealing
from anju.privacy.actions.chain import Origin
from anju.privacy.models import Reveal
from anju.tickets.models import Ticket
from tests.cast import Cast

HERE = Origin("10.0.0.7", "Firefox")


def look(cast: Cast, ticket: Ticket | None = None, **more: str) -> Reveal:
    """The first time a ticket is reported and accepted."""
    if ticket is None:
        ticket = Ticket.objects.filter(community=cast.community, text__isnull=False, status="ACCEPTED").first()
    if ticket is None:
        cast.freeze("accept", "dispatch")
        ticket = cast.report()
        cast.do("accept", ticket, "李敏")
    ticket = Ticket.objects.select_related("community", "reporter", "room").get(id=ticket.id)
    asked = {"field": "phone", "reason": "REVISIT", "text": "问修好没有"} | more
    return revealing.reveal(ticket, by=cast.scope("李敏"), origin=HERE, **asked)
