"""A roster between upload and writing: kept sealed for its uploader, a day at the longest."""

import base64
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.choices import ImportState
from anju.estate.importing import matching
from anju.estate.importing.applying import apply
from anju.estate.importing.matching import Matching, Table
from anju.estate.importing.planning import Plan
from anju.estate.importing.records import Loaded, load
from anju.estate.models import Community, Import
from anju.timers import actions as timers

LIFE = timedelta(hours=24)
EXPIRE = "estate.import_expires"
LONGEST_NAME = 80


@transaction.atomic
def begin(data: bytes, name: str, community: Community, *, by: Scope) -> Import:
    """Keep an uploaded roster with its columns guessed. Raises Refused when the file as a whole cannot be taken."""
    guess = matching.guess(data, name)
    row = Import(community=community, created_at=clock.now(), created_by=by.actor_id, matching=_kept(guess))
    row.name = text.one_line(name)[-LONGEST_NAME:]
    row.content = base64.b64encode(data).decode()
    row.save(force_insert=True)
    timers.schedule(EXPIRE, ("import", row.id), row.created_at + LIFE, community.id)
    return row


def _kept(chosen: Matching) -> dict[str, Any]:
    columns = {name: list(found) for name, found in chosen.columns.items()}
    return {"sheet": chosen.sheet, "row": chosen.row, "columns": columns}


def chosen(row: Import) -> Matching:
    """The columns as they are matched now."""
    return Matching(**row.matching)


def content(row: Import, *, by: Scope) -> bytes:
    """The file, for whoever sent it. Raises Refused NOT_ALLOWED (403), IMPORT_OVER (410)."""
    if not by.is_system and by.actor_id != row.created_by:
        raise Refused("NOT_ALLOWED", _("别人上传的花名册只有上传的人能打开"), status=403)
    if row.state != ImportState.DRAFT or not row.content:
        raise Refused("IMPORT_OVER", _("这份花名册已写入、放弃或超过24小时，请重新上传"), status=410)
    return base64.b64decode(row.content)


def table(row: Import, *, by: Scope) -> Table:
    """The matching page of a draft."""
    return matching.table(content(row, by=by), row.name, chosen(row))


def move(row: Import, *, sheet: int, header: int, by: Scope) -> None:
    """The header stands elsewhere: guess again. Raises Refused HEADER_MISSING."""
    row.matching = _kept(matching.moved(content(row, by=by), row.name, sheet, header))
    row.save(update_fields=["matching"])


def match(row: Import, columns: Mapping[str, Sequence[int]], *, by: Scope) -> None:
    """Take these columns for these fields. Raises Refused HEADER_MISSING, COLUMN_TWICE."""
    old = chosen(row)
    wanted = Matching(old.sheet, old.row, columns)
    load(content(row, by=by), row.name, wanted)
    row.matching = _kept(wanted)
    row.save(update_fields=["matching"])


def read(row: Import, *, by: Scope) -> Loaded:
    """The draft as it is matched now."""
    return load(content(row, by=by), row.name, chosen(row))


def confirm(row: Import, *, by: Scope) -> Plan:
    """Write the draft, everything or nothing. Raises Refused IMPORT_FAULTY, IMPORT_RUNNING, IMPORT_OVER."""
    return apply(read(row, by=by), row.community, by=by, draft=row)


def drop(row: Import, *, by: Scope) -> None:
    """Give a draft up; its file is deleted at once."""
    content(row, by=by)
    forget([row.id])


def forget(ids: Sequence[int]) -> None:
    """Delete the files of drafts that nobody has written."""
    rows = Import.objects.filter(id__in=ids, state=ImportState.DRAFT)
    rows.update(state=ImportState.DROPPED, content="", name="", matching={})
    timers.cancel(EXPIRE, "import", ids)
