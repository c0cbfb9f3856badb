"""What the page of privacy shows, part by part, as far as the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.core.scope import Scope
from anju.desk.frame import Frame
from anju.privacy.models import Export, Finding, Leak, LogLine, PurgeReport, Request, Reveal
from anju.privacy.queries import agreements, exports, rights
from anju.privacy.queries import revealing as reveals
from anju.privacy.queries.agreements import Standing
from anju.privacy.queries.rights import Entry
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
    exports: Sequence[Export]
    requests: Sequence[Request]
    leaks: Sequence[Leak]
    register: Sequence[Entry]
    purges: Sequence[PurgeReport]
    supervises: bool
    approves: bool
    takes_out: bool
    answers: bool
    leaves: bool


def overview(scope: Scope, around: Frame) -> Overview:
    """The parts of the page."""
    here = around.community
    supervises = allowed(scope, "privacy.supervise", here.id)
    return Overview(
        used=reveals.used(scope),
        left=reveals.left(scope, here),
        approved=list(reveals.approved(scope)),
        waiting=list(reveals.waiting(scope, here.id)[:NEWEST]),
        findings=list(reveals.findings(scope, here.id, state="OPEN")[:NEWEST]),
        lines=_lines(scope, here.id),
        standing=agreements.standing(scope, here.id),
        exports=list(exports.exports(scope, here.id)[:NEWEST]),
        requests=list(rights.requests(scope, here.id, state="OPEN")[:NEWEST]),
        leaks=list(rights.leaks(scope, here.id)[:NEWEST]),
        register=rights.register() if supervises else (),
        purges=rights.purges() if supervises else (),
        takes_out=allowed(scope, "privacy.export", here.id),
        answers=allowed(scope, "privacy.requests", here.id),
        leaves=allowed(scope, "accounts.leave", here.id),
        supervises=supervises,
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
