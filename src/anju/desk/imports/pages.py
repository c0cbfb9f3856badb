"""What the page of a roster shows: its columns, and what writing it would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate import importing
from anju.estate.importing import drafts
from anju.estate.importing.matching import Table
from anju.estate.models import Import

SHOWN = 20
COUNTS: Mapping[str, Any] = {
    "rooms": _("新房屋"),
    "changed_rooms": _("更新房屋"),
    "people": _("新住户"),
    "phones": _("新电话"),
    "relations": _("新房屋关系"),
    "same": _("没有变化的房屋"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A fault or a note, without personal data."""

    row: int
    reason: str


@dataclass(slots=True)
class Trial:
    """A draft as it would be written now. `trouble`: why it cannot be read at all."""

    table: Table
    trouble: str = ""
    counts: Sequence[tuple[str, int]] = ()
    faults: int = 0
    wrong: Sequence[Found] = ()
    notes: Sequence[Found] = ()
    more_notes: int = 0
    beside: Sequence[str] = field(default_factory=list)
    empty: bool = False

    @property
    def ready(self) -> bool:
        """Whether it can be written."""
        return not (self.trouble or self.faults)


def trial(row: Import, scope: Scope) -> Trial:
    """Read and compare; nothing is written. Raises Refused NOT_ALLOWED (403), IMPORT_OVER (410)."""
    made = Trial(drafts.table(row, by=scope))
    try:
        loaded = drafts.read(row, by=scope)
    except Refused as refusal:
        made.trouble = str(refusal.message)
        return made
    made.faults, made.wrong = len(loaded.faults), _shown(loaded.faults)
    made.notes, made.more_notes = _shown(loaded.notes), max(0, len(loaded.notes) - SHOWN)
    if not loaded.faults:
        plan = importing.plan(loaded.records, row.community)
        made.counts, made.empty, made.beside = named(plan.counts()), plan.is_empty, plan.beside[:SHOWN]
    return made


def named(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts with their words, in the order of the words."""
    return [(str(words), counts[name]) for name, words in COUNTS.items() if name in counts]


def _shown(faults: Sequence[importing.Fault]) -> list[Found]:
    return [Found(one.row, importing.masked(one.reason)) for one in faults[:SHOWN]]
