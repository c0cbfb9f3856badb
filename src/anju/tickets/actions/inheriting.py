"""First contact passes on with the post (R20.3): the first name stays in the story."""

from django.db import transaction

from anju.core.scope import SYSTEM
from anju.tickets.actions import opening, waking
from anju.tickets.queries.handing import open_rows

BATCH = 200


def inherit(community_id: int, before: int, after: int) -> int:
    """Everything open that `before` was the contact of, or answered for without working on it, is now `after`'s."""
    ids = list(open_rows(community_id, before).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            cases = opening.load(ids[start : start + BATCH], by=SYSTEM)
            for case in cases:
                waking.catch_up(case)
                ticket = case.ticket
                if ticket.first_contact_id == before:
                    ticket.first_contact_id = after
                    case.event("inherit", before=before, staff=after)
                if ticket.accountable_id == before and ticket.handler_id != before:
                    case.answer_for(after, "SHIFT")
            opening.close(cases)
    return len(ids)
