"""Tables of staff and logins."""

from anju.accounts.models.logins import ApiToken, LoginCode, LoginTrial
from anju.accounts.models.staff import Certificate, Membership, Staff

__all__ = ["ApiToken", "Certificate", "LoginCode", "LoginTrial", "Membership", "Staff"]
