"""How far a new community has come. Nothing is remembered but the register itself: a step is done when it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts import inviting, jobs
from anju.accounts import queries as accounts
from anju.accounts.choices import Role
from anju.accounts.models import Invitation, Membership
from anju.core import clock
from anju.core.scope import Scope
from anju.desk.frame import Frame
from anju.duty import queries as duty
from anju.estate import queries as estate
from anju.estate.choices import AssetKind, PlaceKind
from anju.tickets import queries as tickets

DESK = frozenset({Role.CS, Role.CSS, Role.OUT})
ON_SITE = frozenset({Role.WK, Role.VEND})
PLACES = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One of seven. `words`: how it stands."""

    key: str
    title: Any
    done: bool
    words: str


@dataclass(frozen=True, slots=True)
class Guest:
    """An open invitation; `link` is known only to whoever made it, in the session he made it in."""

    row: Invitation
    link: str
    over: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody on site, and the job his skills are those of."""

    row: Membership
    job: str


class Guide:
    """The page: its steps, and what the one in hand needs."""

    def __init__(self, scope: Scope, around: Frame, wanted: str, codes: dict[str, str]) -> None:
        self.scope, self.around, self.community = scope, around, around.community
        self.codes = codes
        self.test, self.first = tickets.first_two(scope, self.community.id)
        self.steps = self._steps()
        keys = [one.key for one in self.steps]
        following = next((one.key for one in self.steps if not one.done), "")
        self.open = wanted if wanted in keys else following

    @property
    def done(self) -> int:
        return sum(one.done for one in self.steps)

    def _steps(self) -> Sequence[Step]:
        rooms = estate.rooms(self.scope, self.community.id).count()
        posts = duty.posts(self.scope, self.community.id).count()
        return (
            Step("facts", gettext_lazy("小区"), bool(self.community.hotline), self.community.hotline),
            Step("rooms", gettext_lazy("房屋和住户"), rooms > 0, _("%(n)d间") % {"n": rooms} if rooms else ""),
            Step("staff", gettext_lazy("员工"), self._manned, self._people),
            Step("posts", gettext_lazy("岗位和技能"), posts > 0 and not self._unskilled, self._standing(posts)),
            Step("codes", gettext_lazy("二维码"), self.labels > 0, self._hanging),
            Step("test", gettext_lazy("试报一件"), self.test is not None, self.test.no if self.test else ""),
            Step("first", gettext_lazy("第一件真实报事"), self.first is not None, self.first.no if self.first else ""),
        )

    # --- staff ----------------------------------------------------------------------------------------------------

    @property
    def _manned(self) -> bool:
        """Somebody at the desk and somebody on site, here or asked to come."""
        roles = [set(row.roles) for row in self.around.staff] + [set(row.roles) for row in self._invited]
        return any(DESK & held for held in roles) and any(ON_SITE & held for held in roles)

    @cached_property
    def _invited(self) -> list[Invitation]:
        return list(accounts.invitations(self.scope, self.community.id))

    @property
    def _people(self) -> str:
        return _("%(n)d人，%(m)d个邀请未接受") % {"n": len(self.around.staff), "m": len(self._invited)}

    @property
    def guests(self) -> list[Guest]:
        """Who has been asked and has not come yet."""
        now = clock.now()
        known = {row.id: self.codes.get(str(row.id), "") for row in self._invited}
        return [
            Guest(row, inviting.link(known[row.id]) if known[row.id] else "", row.expires_at <= now)
            for row in self._invited
        ]

    @property
    def crew(self) -> list[tuple[Membership, str]]:
        """Who is here, with his roles in words."""
        return [
            (row, "、".join(str(Role(role).label) for role in row.roles if role in Role.values))
            for row in self.around.staff
        ]

    # --- posts and skills -----------------------------------------------------------------------------------------

    @property
    def _on_site(self) -> list[Membership]:
        return [row for row in self.around.staff if ON_SITE & set(row.roles)]

    @property
    def _unskilled(self) -> int:
        return sum(1 for row in self._on_site if not row.skills)

    def _standing(self, posts: int) -> str:
        words = _("%(n)d个岗位") % {"n": posts} if posts else _("还没有岗位")
        return words + (_("，%(n)d人没有技能") % {"n": self._unskilled} if self._unskilled else "")

    @property
    def hands(self) -> list[Hand]:
        """Who is sent to jobs."""
        return [Hand(row, jobs.of(row.skills)) for row in self._on_site]

    @property
    def trades(self) -> list[tuple[str, Any]]:
        """Jobs with skills."""
        return [(key, job.label) for key, job in jobs.JOBS.items() if job.kinds]

    # --- codes ----------------------------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> int:
        return estate.labels(self.scope, self.community.id).count()

    @property
    def _hanging(self) -> str:
        checked = estate.labels(self.scope, self.community.id).exclude(checked_at=None).count()
        words = _("%(n)d张，扫过核对%(m)d张") % {"n": self.labels, "m": checked}
        return words if self.labels else ""

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        """What a code may hang on."""
        assets = [(kind.value, kind.label) for kind in AssetKind if kind != AssetKind.OTHER]
        return [*((kind.value, kind.label) for kind in PlaceKind), *assets]

    @property
    def places(self) -> Any:
        """Where an asset may be."""
        return estate.places(self.scope, self.community.id)[:PLACES]
