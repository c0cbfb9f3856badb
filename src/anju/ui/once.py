"""A form is done once: the key in it finds the first result again, also when two presses arrive together (C8)."""

from collections.abc import Callable

from django.db import transaction

from anju.core.errors import Refused
from anju.journal import actions as journal
from anju.ui.guard import Request

UNCOUNTED = frozenset({"csrfmiddlewaretoken", "once", "version", "next", "proof", "client_at", "client_now"})
Subject = tuple[str, int]


def done_once(request: Request, owner: str, act: Callable[[], Subject]) -> tuple[Subject, bool]:
    """What `act` made, and True when it was made now; a repeat of the same form gives the first result and False.

    `owner` keeps the keys of one person, or of one thing, apart from those of others. Raises what `act` raises, and
    Refused IDEMPOTENCY_KEY_REUSED (409) when the same key comes with something else in the form.
    """
    key, print_of = request.POST.get("once", ""), journal.fingerprint([request.path, content(request)])
    try:
        return _done(owner, key, print_of, act)
    except Refused as refusal:
        if refusal.code != "IN_PROGRESS":
            raise
    return _done(owner, key, print_of, act)  # the twin has finished by now


def _done(owner: str, key: str, print_of: str, act: Callable[[], Subject]) -> tuple[Subject, bool]:
    with transaction.atomic():
        first = journal.first_result(owner, key, print_of) if key else None
        if first is not None:
            return first, False
        try:
            made = act()
        except Refused as said_no:
            if not said_no.stands:
                raise
            refused = said_no
        else:
            if key:
                journal.remember(owner, key, print_of, made)
            return made, True
    raise refused


def content(request: Request) -> dict[str, list[str]]:
    """What was filled in; photos by name and size."""
    words = {name: request.POST.getlist(name) for name in request.POST if name not in UNCOUNTED}
    photos = [f"{one.name}:{one.size}" for files in request.FILES.lists() for one in files[1]]
    return {**words, "files": photos}
