"""A form is done once: the key in it finds the first result again (C8)."""

from collections.abc import Callable

from django.db import transaction

from anju.journal import actions as journal
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui.guard import Request

UNCOUNTED = frozenset({"csrfmiddlewaretoken", "once", "version", "next"})


def done_once(request: Request, act: Callable[[], Ticket]) -> tuple[Ticket, bool]:
    """What `act` made, and True when it was done now; a repeat of the same form gives the first ticket and False."""
    key, owner = request.POST.get("once", ""), f"staff:{request.scope.staff_id}"
    print_of = journal.fingerprint([request.path, _content(request)])
    with transaction.atomic():
        first = journal.first_result(owner, key, print_of) if key else None
        if first is not None:
            ticket = queries.rows(request.scope, [first[1]])
            if ticket:
                return ticket[0], False
        made = act()
        if key:
            journal.remember(owner, key, print_of, made.subject)
        return made, True


def _content(request: Request) -> dict[str, list[str]]:
    """What was filled in; photos by name and size."""
    words = {name: request.POST.getlist(name) for name in request.POST if name not in UNCOUNTED}
    photos = [f"{one.name}:{one.size}" for files in request.FILES.lists() for one in files[1]]
    return {**words, "files": photos}
