"""Steps that a phone kept while it had no signal: when they happened, and a short answer instead of a page."""

from datetime import datetime

from django.http import JsonResponse
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.field.job.forms import StepForm
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.rules.offline import PhoneTime, doubt
from anju.ui.guard import Request


def asks(request: Request) -> bool:
    """True when the phone sends what it kept, and wants to hear only how it went."""
    return request.headers.get("Accept") == "application/json"


def is_copy(request: Request) -> bool:
    """True when the phone fetches a page to keep it, unseen."""
    return "X-Anju-Copy" in request.headers


def phone_time(request: Request) -> PhoneTime | None:
    """When the phone says it was pressed, and whether that is believed; None when it does not say."""
    at, now = _instant(request.POST.get("client_at", "")), _instant(request.POST.get("client_now", ""))
    return PhoneTime(at, doubt(at, now, clock.now())) if at else None


def _instant(text: str) -> datetime | None:
    try:
        return clock.parse(text) if text else None
    except (ValueError, OverflowError):
        return None


def refused(scope: Scope, ticket: Ticket, refusal: Refused) -> JsonResponse:
    """An action said no, perhaps an hour after it was pressed; 503 means: send it again later."""
    later = refusal.status >= 500 or refusal.code == "IN_PROGRESS"
    words = str(refusal.message) if later or refusal.status == 422 else _why(scope, ticket) or str(refusal.message)
    return JsonResponse({"words": words}, status=503 if later else refusal.status)


def _why(scope: Scope, ticket: Ticket) -> str:
    """Who has the job by now; "" when he still has it."""
    if ticket.status == Status.CANCELLED:
        return _("业主已撤销这一单")
    if ticket.handler_id == scope.staff_id:
        return ""
    if ticket.handler is None:
        return _("这一单已收回，不在您手上")
    return _("这一单已改派给%(name)s") % {"name": ticket.handler.name}


def incomplete(form: StepForm) -> JsonResponse:
    """What the form misses."""
    return JsonResponse({"words": " ".join(str(one) for each in form.errors.values() for one in each)}, status=422)
