"""Sending a login code, without telling a stranger whose phone is known."""

from anju.accounts import actions as accounts
from anju.core import ids
from anju.estate import queries as estate
from anju.notify import actions as notify
from anju.ui.guard import Request


def send_code(request: Request, phone: str) -> None:
    """A code to a phone of the land register; for any other phone nothing, and nobody can see the difference.

    Raises Refused CODE_TOO_OFTEN (429).
    """
    if not request.session.session_key:
        request.session.create()
    code = accounts.make_code(phone, request.session.session_key or "")
    community = estate.community_of_phone(phone)
    if code is None or community is None:
        return
    office = notify.Office(community.id, community.sign, community.hotline)
    to = notify.Recipient("phone", None, phone)
    notify.tell("T901", to=to, vars={"code": code}, about=("login", ids.new()), office=office, asked=True)
