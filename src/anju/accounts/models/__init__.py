"""Tables of staff and logins."""

from anju.accounts.models.invitations import Invitation
from anju.accounts.models.logins import ApiToken, LoginCode, LoginTrial, Screen
from anju.accounts.models.sessions import RecoveryCode, StaffSession
from anju.accounts.models.staff import Certificate, CrewMark, Membership, Staff

__all__ = [
    "ApiToken",
    "Certificate",
    "CrewMark",
    "Invitation",
    "LoginCode",
    "LoginTrial",
    "Membership",
    "RecoveryCode",
    "Screen",
    "Staff",
    "StaffSession",
]
