"""How good the suggestions were, month by month, over all communities of this office."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, QuerySet
from django.db.models.functions import TruncMonth

from anju.core import clock
from anju.core.scope import SYSTEM, Scope
from anju.learning.models import Correction
from anju.tickets import queries as tickets
from anju.tickets.choices import Status
from anju.understanding import emergencies

UNSEEN = (Status.NEW, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Month:
    """One month: suggestions that a person has looked at, and how many were corrected.

    `missed`: an emergency that was suggested as something else; `alarms`: the contrary. `confidence` is the mean, 0 to 1.
    """

    month: str
    suggested: int
    corrected: int
    missed: int
    alarms: int
    confidence: float

    @property
    def accuracy(self) -> float:
        """Share of suggestions that stood, 0 to 1."""
        return 1 - self.corrected / self.suggested if self.suggested else 1.0


def months(scope: Scope) -> list[Month]:
    """All months with suggestions, oldest first; two statements whatever the number of tickets."""
    kept = list(corrections(scope).values_list("ticket__reported_at", "before", "after"))
    rows = tickets.visible(scope).exclude(leaf_model="").exclude(status__in=UNSEEN).order_by()
    month = TruncMonth("reported_at")
    found = rows.values_list(month).annotate(Count("id"), Avg("leaf_conf")).order_by(month)
    return [_month(_label(at), count, sure, kept) for at, count, sure in found]


def _label(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m}"


def _month(month: str, count: int, sure: float, kept: Sequence[tuple[datetime, str, str]]) -> Month:
    pairs = [(before, after) for at, before, after in kept if _label(at) == month]
    missed = sum(after in emergencies() and before not in emergencies() for before, after in pairs)
    alarms = sum(before in emergencies() and after not in emergencies() for before, after in pairs)
    wrong = sum(before != after for before, after in pairs)
    return Month(month, max(count, wrong), wrong, missed, alarms, sure)


def pairs(scope: Scope, most: int = 10) -> list[tuple[tuple[str, str], int]]:
    """The pairs that are confused most often: ((suggested, right), times)."""
    rows = corrections(scope).values_list("before", "after")
    return Counter((before, after) for before, after in rows if before != after).most_common(most)


def corrections(scope: Scope) -> QuerySet[Correction]:
    """All corrections, oldest first; only the office as a whole may read them."""
    rows = Correction.objects.order_by("at", "id")
    return rows if scope == SYSTEM else rows.none()


def lessons(scope: Scope) -> Iterator[tuple[str, str]]:
    """(masked text, right leaf) of all corrections."""
    return ((row.text, row.after) for row in corrections(scope).select_related("community").iterator(200))
