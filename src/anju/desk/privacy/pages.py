"""What the page of privacy shows, part by part, as far as the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.core.scope import Scope
from anju.desk.frame import Frame
from anju.privacy.models import Finding, LogLine, Reveal
from anju.privacy.queries import agreements
from anju.privacy.queries import revealing as reveals
from anju.privacy.queries.agreements import Standing
from anju.vault.policy import OUTSIDE

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as compliance reads it."""

    row: LogLine
    who: str
    role: str
    fields: str
    text: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of one community; a part that is not for the asker is empty."""

    used: int
    left: int
    approved: Sequence[Reveal]
    waiting: Sequence[Reveal]
    findings: Sequence[Finding]
    lines: Sequence[Line]
    standing: Sequence[Standing]
    supervises: bool
    approves: bool


def overview(scope: Scope, around: Frame) -> Overview:
    """The parts of the page."""
    here = around.community
    return Overview(
        used=reveals.used(scope),
        left=reveals.left(scope, here),
        approved=list(reveals.approved(scope)),
        waiting=list(reveals.waiting(scope, here.id)[:NEWEST]),
        findings=list(reveals.findings(scope, here.id, state="OPEN")[:NEWEST]),
        lines=_lines(scope, here.id),
        standing=agreements.standing(scope, here.id),
        supervises=allowed(scope, "privacy.supervise", here.id),
        approves=allowed(scope, "privacy.approve", here.id),
    )


def _lines(scope: Scope, community_id: int) -> list[Line]:
    rows = list(reveals.log(scope, community_id)[:NEWEST])
    names = accounts.names({row.actor_id for row in rows})
    return [
        Line(
            row=row,
            who=names.get(row.actor_id, ""),
            role=reveals.role_word(row.role),
            fields=reveals.field_words(row.field),
            text=OUTSIDE.text(row.text or ""),
        )
        for row in rows
    ]
