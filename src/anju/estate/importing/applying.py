"""Writing a plan: everything in one transaction, or nothing."""

from django.utils.translation import gettext as _

from anju.core import bulk
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.importing import locking
from anju.estate.importing.planning import SAID, Plan, plan
from anju.estate.importing.records import Loaded
from anju.estate.models import Community
from anju.journal import actions as journal


def apply(loaded: Loaded, community: Community, *, by: Scope) -> Plan:
    """Compare with the register and write. Raises Refused IMPORT_FAULTY while any row is wrong, IMPORT_RUNNING."""
    if loaded.faults:
        raise Refused("IMPORT_FAULTY", _("有%(count)d行有误，什么都没有写入") % {"count": len(loaded.faults)})
    with locking.alone(community.id):
        made = plan(loaded.records, community)
        bulk.insert(made.rooms)
        bulk.update(made.changed_rooms, SAID)
        bulk.insert(made.people)
        bulk.insert(made.contacts)
        bulk.insert(made.occupancies)
        if not made.is_empty:
            journal.record(
                "estate.imported",
                subject=("community", community.id),
                community_id=community.id,
                by=by,
                data=made.counts(),
            )
    return made
