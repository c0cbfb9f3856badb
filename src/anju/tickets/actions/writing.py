"""What is written about a ticket: remarks, answers to the reporter, words to whoever works on it."""

from typing import Any

from django.utils.translation import gettext as _

from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.tickets.actions import telling
from anju.tickets.actions.opening import opened
from anju.tickets.models import Ticket
from anju.tickets.queries.reaching import REPLY, reporter_of

MAX_NOTE = 1000


def note(ticket: Ticket, *, by: Scope, note_text: str, visible: bool = False, **more: Any) -> Ticket:
    """A remark: internal from staff unless `visible`, an addition from the reporter always visible to him."""
    wording = _wording(note_text)
    with opened(ticket, "note", by=by, **more) as case:
        if by.is_owner_side:
            case.ticket.asked_at = case.now  # an answer may reach him tonight (N7)
        case.event("note", note=wording, visible=visible or by.is_owner_side)
    return ticket


def reply(ticket: Ticket, *, by: Scope, reply_text: str, **more: Any) -> Ticket:
    """回复业主: the words stand on his progress page, and he is told that they do (T123).

    They never travel themselves: carriers and subscription messages take approved texts only, with values of twenty
    characters (N3).
    """
    wording = _wording(reply_text)
    with opened(ticket, "reply", by=by, **more) as case:
        case.event("reply", note=wording, visible=True, told=reporter_of(case.ticket) is not None)
        telling.reporter(case, REPLY, who=telling.name_of(case, by.staff_id))
    return ticket


def contact(ticket: Ticket, *, by: Scope, contact_text: str, **more: Any) -> Ticket:
    """联系师傅: words for whoever has it in hand; his phone tells him (T216), he reads them with the job.

    Raises Refused NOBODY_HAS_IT (409).
    """
    wording = _wording(contact_text)
    with opened(ticket, "contact", by=by, **more) as case:
        handler = case.ticket.handler_id
        if handler is None:
            raise Refused("NOBODY_HAS_IT", _("这一单还没有派给谁"), status=409)
        case.event("contact", note=wording, staff=handler, told=handler in case.bench.staff)
        telling.staff(case, [handler], "T216", who=telling.name_of(case, by.staff_id))
    return ticket


def _wording(written: str) -> str:
    wording = text.clean(written)
    if not wording:
        raise Refused("TEXT_REQUIRED", _("请先写内容"), fields={"text": _("请先写内容")})
    if len(wording) > MAX_NOTE:
        raise Refused("DESC_TOO_LONG", _("最多1000字，请精简一些"), fields={"text": _("最多1000字，请精简一些")})
    return wording
