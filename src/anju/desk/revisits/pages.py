"""The calls owed, with what one must know before dialling."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju.core import clock
from anju.core.scope import Scope
from anju.desk.frame import Frame, address
from anju.feedback import queries as feedback
from anju.feedback.choices import Chip
from anju.feedback.models import Rating, Revisit
from anju.feedback.rules import CALLERS, TRIES
from anju.tickets import queries
from anju.tickets.queries import Shown


@dataclass(frozen=True, slots=True)
class Card:
    """One call: the ticket, the stars, who calls by when."""

    row: Revisit
    shown: Shown
    url: str
    rating: Rating | None
    text: str
    chips: Sequence[str]
    late: bool
    left: int

    @property
    def light(self) -> str:
        return "red" if self.late else "green"


def cards(scope: Scope, around: Frame) -> list[Card]:
    """All of them, the most urgent first."""
    rows = list(feedback.revisits(scope, around.community.id)[:200])
    stars = feedback.stars_of(scope, [row.ticket_id for row in rows])
    return [_card(scope, row, stars.get(row.ticket_id)) for row in rows]


def _card(scope: Scope, row: Revisit, rating: Rating | None) -> Card:
    return Card(
        row=row,
        shown=queries.show(scope, row.ticket),
        url=address(scope, row.ticket),
        rating=rating,
        text=queries.text_for(scope, row.ticket, rating.text) if rating else "",
        chips=[str(Chip(one).label) for one in rating.chips if one in Chip] if rating else (),
        late=clock.now() > row.due_at,
        left=TRIES - len({clock.local(clock.parse(one["at"])).date() for one in row.attempts}),
    )


def callers(around: Frame) -> list[tuple[int, str]]:
    """Who may call, for handing a call over."""
    return [(one.staff_id, one.staff.name) for one in around.staff if set(one.roles) & set(CALLERS)]
