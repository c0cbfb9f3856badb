"""Taking an incident in hand: lock it, let happen what is due, act, store it with its next moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from anju.core.scope import Scope
from anju.incidents import access
from anju.incidents.actions import waking
from anju.incidents.actions.story import conflict, not_allowed
from anju.incidents.models import Incident


@contextmanager
def held(incident: Incident, *, by: Scope, version: int | None = None) -> Iterator[Incident]:
    """The incident as it must be now, written at the end of the block. Raises Refused NOT_ALLOWED (403) for people of
    other communities, STATE_CONFLICT (409) when it has changed since the asker looked."""
    with transaction.atomic():
        row = waking.locked(incident.id)
        if not (by.is_system or access.sees(by, row.community_id)):
            raise not_allowed()
        waking.catch_up(row)
        if version not in (None, row.version):
            raise conflict()
        yield row
        row.version += 1
        row.save()
        waking.keep(row)
    incident.refresh_from_db()
