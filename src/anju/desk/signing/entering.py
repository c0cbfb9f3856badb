"""Opening a session in the browser that asks."""

from django.middleware.csrf import rotate_token

from anju.accounts.actions import sessions
from anju.accounts.models import Staff
from anju.ui.guard import Request
from anju.ui.origin import origin


def enter(request: Request, staff: Staff) -> None:
    """He is in; the address and the browser stand in his list of logins."""
    came = origin(request)
    sessions.open_session(request.session, staff, ip=came.ip, device=came.device)
    rotate_token(request)
