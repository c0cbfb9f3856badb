"""What the page of one's own account shows, and the administrator's page of somebody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anju.accounts import queries as accounts
from anju.accounts.actions import second_step
from anju.accounts.choices import Reach
from anju.accounts.models import Staff
from anju.desk.account import devices


@dataclass(frozen=True, slots=True)
class Login:
    """One browser in which somebody is logged in; `mine` is the one that asks."""

    id: int
    device: str
    ip: str
    opened_at: datetime
    seen_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Token:
    """One API token, without its secret, which nobody has any more."""

    id: int
    label: str
    reach: Sequence[str]
    expires_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Account:
    """What opens the door for one member of staff."""

    staff: Staff
    logins: Sequence[Login]
    tokens: Sequence[Token]
    second_step: bool
    required: bool
    recovery: int


def account(staff: Staff, here: int | None = None) -> Account:
    """Everything of one account; `here` is the login that asks."""
    words = dict(Reach.choices)
    return Account(
        staff=staff,
        logins=[
            Login(row.id, devices.words(row.device), row.ip, row.opened_at, row.seen_at, row.id == here)
            for row in accounts.sessions_of(staff.id)
        ],
        tokens=[
            Token(row.id, row.label, [str(words.get(one, one)) for one in row.reach], row.expires_at, row.used_at)
            for row in accounts.tokens_of(staff.id)
        ],
        second_step=bool(staff.totp),
        required=second_step.required(staff),
        recovery=accounts.recovery_left(staff.id),
    )
