"""Writing a plan: everything in one transaction, or nothing."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import bulk
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.importing.parts import Record
from anju.estate.importing.planning import Plan, plan
from anju.estate.models import Community
from anju.journal import actions as journal

CHANGED = ["area_c", "floor_label", "floor_ordinal"]


def apply(records: list[Record], community: Community, *, by: Scope) -> Plan:
    """Compare once more under the community's lock and write. Raises Refused IMPORT_RUNNING."""
    with transaction.atomic():
        locked = Community.objects.select_for_update(skip_locked=True).filter(id=community.id).first()
        if locked is None:
            raise Refused("IMPORT_RUNNING", _("正在导入另一个文件，请稍后再试"), status=409)
        made = plan(records, community)
        bulk.insert(made.rooms)
        bulk.update(made.changed_rooms, CHANGED)
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
