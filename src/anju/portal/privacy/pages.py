"""What the privacy page shows its person."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju.core.scope import Scope
from anju.estate.choices import Purpose
from anju.privacy.models import Request
from anju.privacy.queries import revealing as reveals
from anju.privacy.queries import rights
from anju.privacy.queries.revealing import Look
from anju.privacy.queries.rights import Entry
from anju.ui import times


@dataclass(frozen=True, slots=True)
class Choice:
    """A purpose that only consent allows, and whether it stands."""

    name: str
    label: str
    since: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page."""

    looks: Sequence[Look]
    choices: Sequence[Choice]
    entries: Sequence[Entry]
    requests: Sequence[Request]


def sheet(scope: Scope) -> Sheet:
    """Read once."""
    standing = rights.consents(scope)
    return Sheet(
        looks=reveals.looks(scope, 50),
        choices=[
            Choice(one.value, str(one.label), times.day(standing[one.value].given_at) if one.value in standing else "")
            for one in Purpose
        ],
        entries=rights.register(whom=rights.RESIDENTS),
        requests=list(rights.mine(scope)[:20]),
    )
