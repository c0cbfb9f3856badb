"""Invitations made, shown and sent."""

from typing import Any

from anju.accounts import inviting
from anju.accounts.jobs import JOBS
from anju.accounts.models import Invitation
from anju.desk.frame import Frame
from anju.notify import actions as notify
from anju.ui.guard import Request

CODES = "invited"
"""Where a session keeps the codes it was shown, for as long as their maker is logged in."""


def invite(request: Request, around: Frame, asked: dict[str, Any]) -> None:
    """Ask; raises what `inviting.invite` raises."""
    job = JOBS[asked["job"]]
    row, code = inviting.invite(
        around.community,
        name=asked["name"],
        phone=asked["phone"],
        dept=job.dept,
        roles=list(job.roles),
        skills=job.skills,
        by=request.scope,
    )
    _show(request, row, code)
    if asked["sms"]:
        _send(around, row, code)


def renew(request: Request, around: Frame, row: Invitation) -> None:
    """Another code; raises what `inviting.renew` raises."""
    code = inviting.renew(row, by=request.scope)
    _show(request, row, code)
    if request.POST.get("sms") == "1":
        _send(around, row, code)


def _show(request: Request, row: Invitation, code: str) -> None:
    request.session[CODES] = {**request.session.get(CODES, {}), str(row.id): code}


def _send(around: Frame, row: Invitation, code: str) -> None:
    """The code alone: carriers refuse links in what varies (N3)."""
    office = notify.Office(around.community.id, around.community.sign, around.community.hotline)
    to = notify.Recipient("phone", None, row.phone or None)
    if row.phone:
        notify.tell("T910", to=to, vars={"key": code}, about=("invitation", row.id), office=office)
