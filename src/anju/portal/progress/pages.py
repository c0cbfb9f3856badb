"""All that the page of a ticket shows its reporter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.feedback import queries as feedback
from anju.feedback.choices import BAD, GOOD, STAR_WORDS, Chip
from anju.feedback.models import Rating
from anju.portal.progress import promises, way
from anju.portal.progress.way import Step
from anju.tickets import queries
from anju.tickets.choices import QuoteState, Status
from anju.tickets.models import Quote, Ticket

STAR_PATH = "M12 2.6l2.9 5.9 6.5.95-4.7 4.58 1.11 6.47L12 17.44 6.19 20.5l1.11-6.47L2.6 9.45l6.5-.95z"


@dataclass(frozen=True, slots=True)
class Star:
    """One of five, with its word."""

    number: int
    word: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page."""

    ticket: Ticket
    shown: queries.Shown
    promise: promises.Promise
    steps: Sequence[Step]
    contact: str
    may: frozenset[str]
    quote: Quote | None
    rating: Rating | None
    stars: Sequence[Star]
    chips: Sequence[tuple[str, Sequence[Chip]]]
    open: bool
    arrival_code: str

    @property
    def ending(self) -> Sequence[Step]:
        """How it ended, above the stars; the rest folds away."""
        past = [step for step in self.steps if step.kind == "past"]
        shown = [step for step in past if step.pictures and step is not past[0]] or past
        return shown[-1:]

    @property
    def side(self) -> str:
        """Which chips the given stars have."""
        return "good" if self.rating and self.rating.stars >= 4 else "bad"

    @property
    def urgent(self) -> bool:
        return self.shown.prio == "P0" and self.open


def sheet(scope: Scope, ticket: Ticket) -> Sheet:
    """Everything of one ticket, for whoever reported it."""
    facts, shown = queries.facts_of(scope, ticket), queries.show(scope, ticket)
    standing = feedback.standing(scope, ticket)
    quote = next((one for one in reversed(facts.quotes) if one.state == QuoteState.SENT), None)
    may = _may(scope, ticket, quote)
    rates = standing.may or "confirm" in may
    return Sheet(
        ticket=ticket,
        shown=shown,
        promise=promises.promise(facts, clock.now()),
        steps=way.way(scope, facts, shown, clock.now()),
        contact=facts.names.get(ticket.first_contact_id or 0, ""),
        may=may,
        quote=quote,
        rating=standing.rating,
        stars=_stars(standing.rating) if rates else (),
        chips=(("good", GOOD), ("bad", BAD)) if rates else (),
        open=ticket.is_open and ticket.status not in (Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT),
        arrival_code=queries.arrival_code(scope, ticket),
    )


def _may(scope: Scope, ticket: Ticket, quote: Quote | None) -> frozenset[str]:
    """What he may do now; a price only when one was offered."""
    found = set(queries.next_actions(scope, ticket))
    if quote is None:
        found -= {"confirm_quote", "refuse_quote"}
    if ticket.status == Status.CLOSED:
        found.discard("note")
    return frozenset(found)


def _stars(rating: Rating | None) -> list[Star]:
    given = rating.stars if rating else 0
    return [Star(n, f"{n}{_('星')}　{STAR_WORDS[n]}", n == given) for n in (1, 2, 3, 4, 5)]
