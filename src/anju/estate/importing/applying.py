"""Writing a plan: everything in one transaction, or nothing."""

from django.utils.translation import gettext as _

from anju.core import bulk, clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.choices import ImportState
from anju.estate.importing import locking
from anju.estate.importing.planning import SAID, Plan, plan
from anju.estate.importing.records import Loaded
from anju.estate.models import Community, Import
from anju.journal import actions as journal


def apply(loaded: Loaded, community: Community, *, by: Scope, draft: Import | None = None) -> Plan:
    """Compare with the register and write, together with what taking it back needs (`Plan.record`).

    Raises Refused IMPORT_FAULTY while any row is wrong, IMPORT_RUNNING, IMPORT_OVER (409).
    """
    if loaded.faults:
        raise Refused("IMPORT_FAULTY", _("有%(count)d行有误，什么都没有写入") % {"count": len(loaded.faults)})
    with locking.alone(community.id):
        if draft and not Import.objects.filter(id=draft.id, state=ImportState.DRAFT).exists():
            raise Refused("IMPORT_OVER", _("这份花名册已经写入或放弃"), status=409)
        made = plan(loaded.records, community)
        bulk.insert(made.rooms)
        bulk.update(made.changed_rooms, SAID)
        bulk.insert(made.people)
        bulk.insert(made.contacts)
        bulk.insert(made.occupancies)
        if draft or not made.is_empty:
            made.record = _written(made, draft, by)
        if not made.is_empty:
            journal.record(
                "estate.imported",
                subject=("community", community.id),
                community_id=community.id,
                by=by,
                data=made.counts(),
            )
    return made


def _written(made: Plan, draft: Import | None, by: Scope) -> Import:
    """What was made, for taking it back; the file itself is not needed any more."""
    row = draft or Import(community=made.community, created_at=clock.now(), created_by=by.actor_id)
    row.state, row.done_at, row.content = ImportState.DONE, clock.now(), ""
    row.counts = made.counts()
    row.made = {
        "rooms": [one.id for one in made.rooms],
        "people": [one.id for one in made.people],
        "phones": [one.id for one in made.contacts],
        "relations": [one.id for one in made.occupancies],
        "changed": {
            str(room.id): {name: [old, getattr(room, name)] for name, old in made.before[room.id].items()}
            for room in made.changed_rooms
        },
    }
    row.save()
    return row
