"""Writing the timeline of an incident, and the refusals that every verb shares."""

from typing import Any

from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.incidents import access
from anju.incidents.models import Incident
from anju.journal import actions as journal


def not_allowed() -> Refused:
    return Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)


def conflict() -> Refused:
    return Refused("STATE_CONFLICT", _("应急事件的状态已变化，请刷新"), status=409)


def only_commander(row: Incident, by: Scope) -> None:
    """Raises Refused NOT_ALLOWED (403)."""
    if not access.may_command(by, row):
        raise Refused("NOT_ALLOWED", _("只有总指挥可以这样做"), status=403)


def must_run(row: Incident) -> None:
    """Raises Refused STATE_CONFLICT (409)."""
    if not row.runs:
        raise conflict()


def say(row: Incident, verb: str, by: Scope, note: str = "", **data: Any) -> None:
    """One line of the timeline."""
    journal.record(verb, subject=row.subject, community_id=row.community_id, by=by, note=note, data=data)
