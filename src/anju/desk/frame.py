"""What stands around every desk page: the community, who is on duty; and how a ticket's pages are named."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, QueryDict
from django.urls import reverse

from anju.accounts import queries as accounts
from anju.accounts.models import Membership
from anju.core.scope import Scope
from anju.duty import queries as duty
from anju.duty.queries import Standing
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui.guard import Request

NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """A post and who is checked in there; `more` counts those not named."""

    post: str
    names: Sequence[str]
    more: int = 0


class Frame:
    """The asker's communities and the one in hand (`?c=`), read once per page; its people when a page asks."""

    def __init__(self, request: Request) -> None:
        self.scope = request.scope
        self.communities = list(accounts.communities(request.scope).order_by("name", "id"))
        wanted = community_id(request.GET)
        found = [one for one in self.communities if wanted in (None, one.id)]
        if not found:
            raise Http404
        request.community = self.community = found[0]

    @property
    def several(self) -> bool:
        return len(self.communities) > 1

    @property
    def here(self) -> str:
        """What an address of this community ends with."""
        return f"?c={self.community.id}" if self.several else ""

    @cached_property
    def staff(self) -> list[Membership]:
        """Everybody of this community, in the order of their ids."""
        return accounts.crew(self.community.id)

    @cached_property
    def standing(self) -> list[Standing]:
        """Who stands on which post, where a roster is in force."""
        return duty.standing(self.scope, self.community)

    @property
    def duty(self) -> list[Duty]:
        """By post where a roster is in force, else 坐席, 现场, 值班经理: who is checked in now."""
        return [
            Duty(one.label, one.names[:NAMES_SHOWN], max(0, len(one.names) - NAMES_SHOWN))
            for one in duty.on_posts(self.standing, self.staff)
        ]

    def context(self, room: str) -> dict[str, object]:
        """For desk/base.html."""
        return {"frame": self, "community": self.community, "room": room, "here": self.here}


def community_id(values: QueryDict) -> int | None:
    """The community named in an address, None when none is or it is no number."""
    wanted = values.get("c", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 20 else None


def address(scope: Scope, ticket: Ticket, name: str = "ticket") -> str:
    """The address of a page of a ticket. Numbers repeat between communities, so who has several names the community."""
    url = reverse(f"desk:{name}", args=[ticket.no])
    return f"{url}?c={ticket.community_id}" if len(scope.communities) > 1 else url


def held(request: Request, no: str) -> Ticket:
    """The ticket of this address, for its asker; refused as not found or not allowed."""
    return queries.by_no(request.scope, no, community=community_id(request.GET))
