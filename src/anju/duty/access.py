"""Who may do what with rosters: one condition per line."""

from typing import TYPE_CHECKING

from anju.accounts.access import allowed
from anju.core.scope import Scope

if TYPE_CHECKING:
    from anju.duty.models import Callout, Turn


def plans(scope: Scope, community_id: int) -> bool:
    """Makes rosters: personnel and leaders."""
    return allowed(scope, "duty.plan", community_id)


def is_own(scope: Scope, turn: "Turn") -> bool:
    """One's own turn."""
    return scope.is_staff and scope.staff_id == turn.staff_id


def may_check_in(scope: Scope, turn: "Turn") -> bool:
    """Oneself; a leader or an agent for others, as with the switch."""
    return is_own(scope, turn) or allowed(scope, "accounts.shift", turn.community_id)


def leads(scope: Scope, community_id: int) -> bool:
    """Decides leave, swaps, stand-ins and disputes."""
    return allowed(scope, "duty.decide", community_id)


def sees_callout(scope: Scope, callout: "Callout") -> bool:
    """Everybody who works in the community: an emergency is no secret among them."""
    return allowed(scope, "duty.see", callout.community_id)
