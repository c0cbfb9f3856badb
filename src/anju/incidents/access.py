"""Who may do what with incidents: one condition per line."""

from typing import TYPE_CHECKING

from anju.accounts.access import allowed
from anju.core.scope import Scope

if TYPE_CHECKING:
    from anju.incidents.models import Incident


def opens(scope: Scope, community_id: int) -> bool:
    """Presses the button: everybody who works there (R3.1)."""
    return allowed(scope, "incidents.open", community_id)


def sees(scope: Scope, community_id: int) -> bool:
    """Everybody who works there: an incident is no secret among them."""
    return allowed(scope, "incidents.see", community_id)


def decides(scope: Scope, community_id: int) -> bool:
    """Settles who does what, beside the commander: the duty manager, the project manager."""
    return scope.has(community_id, "DM", "PM")


def may_command(scope: Scope, incident: "Incident") -> bool:
    """Whoever is called to command, while nobody else has answered."""
    return scope.is_system or (scope.is_staff and scope.staff_id in incident.commanders)


def licensed(scope: Scope, community_id: int, certs: frozenset[str]) -> bool:
    """Touches a lift with people in it: the vendor, or who holds the certificate ([L] TSG T5002)."""
    return scope.is_system or scope.has(community_id, "VEND") or bool(certs)
