"""The confidentiality text in force, and who has signed it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.accounts.models import Membership, Staff
from anju.core import clock
from anju.core.scope import Scope
from anju.privacy.choices import AgreementKind
from anju.privacy.models import Agreement, AgreementText

FIRST = Path(__file__).resolve().parent.parent / "agreement.txt"
"""Version 1: the ten clauses of H.10."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One member of staff: until when his signature holds, and whether it holds today."""

    staff: Staff
    roles: Sequence[str]
    dept: str
    until: date | None
    signed: bool


def text() -> AgreementText | None:
    """The newest version; None before anybody has signed anything."""
    return AgreementText.objects.order_by("-version").first()


def digest(body: str) -> str:
    """What a signature names of the text that was on the screen."""
    return hashlib.sha256(body.encode()).hexdigest()


def standing(scope: Scope, community_id: int) -> list[Standing]:
    """Everybody who works in a community, who must sign first; for those who look after agreements."""
    if not allowed(scope, "privacy.agreements", community_id):
        return []
    rows: list[Membership] = list(accounts.crew(community_id))
    found = [_standing(row) for row in rows]
    return sorted(found, key=lambda one: (one.until or date.min, one.staff.id))


def _standing(row: Membership) -> Standing:
    until = row.staff.signed_until
    return Standing(row.staff, tuple(row.roles), row.dept, until, until is not None and until >= clock.today())


def text_by_id(text_id: int) -> AgreementText:
    """A version of the text."""
    return AgreementText.objects.get(id=text_id)


def latest(scope: Scope) -> Agreement:
    """His own last signature, which he has just made."""
    return Agreement.objects.filter(staff_id=scope.staff_id or 0, kind=AgreementKind.YEARLY).latest("signed_at", "id")


def mine(scope: Scope) -> Agreement | None:
    """His own last signature."""
    rows = Agreement.objects.select_related("text").filter(staff_id=scope.staff_id or 0, kind=AgreementKind.YEARLY)
    return rows.order_by("-signed_at", "-id").first()
