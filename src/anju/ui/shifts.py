"""One's own turns, as the desk and the field show them: leave, swaps, the address for one's calendar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts import queries as accounts
from anju.accounts.models import Staff
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import actions, queries
from anju.duty.choices import Decision, LeaveKind, TurnState
from anju.duty.models import Leave, Swap, Turn
from anju.estate.models import Community
from anju.ui.forms import refuse
from anju.ui.inputs import MomentField
from anju.vault.blind import blind

AHEAD, AROUND = timedelta(days=60), timedelta(days=14)


def token_of(staff: Staff) -> str:
    """The secret part of somebody's calendar address."""
    return f"{staff.id}-{blind(f'{staff.id}:{accounts.stamp(staff)}', 'duty.calendar')}"


def address(staff: Staff) -> str:
    """Where his calendar reads his turns."""
    return settings.ANJU_BASE_URL.rstrip("/") + reverse("desk:calendar", args=[token_of(staff)])


def day_and_time(moment: datetime) -> str:
    """03-18 08:00."""
    return f"{clock.local(moment):%m-%d %H:%M}"


class LeaveForm(forms.Form):
    """Why, from when to when."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=LeaveKind.choices)
    begin = MomentField(label=gettext_lazy("从"), error_messages={"required": gettext_lazy("请填从什么时候起")})
    end = MomentField(label=gettext_lazy("到"), error_messages={"required": gettext_lazy("请填到什么时候")})

    def ask(self, community: Community, staff: Staff, by: Scope) -> Leave | None:
        """The leave, or None with the reason on the form."""
        if not self.is_valid():
            return None
        sent = self.cleaned_data
        try:
            return actions.ask_leave(
                community, staff=staff, kind=sent["kind"], begin_at=sent["begin"], end_at=sent["end"], by=by
            )
        except Refused as refusal:
            self.add_error("end", str(refusal.message))
            return None


class SwapForm(forms.Form):
    """To whom a turn goes, and which of his comes back."""

    to = forms.ChoiceField(
        label=gettext_lazy("换给谁"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请点换给谁")},
    )

    def __init__(self, data: Any = None, *, turn: Turn, scope: Scope) -> None:
        super().__init__(data)
        self.turn, self.scope = turn, scope
        self._back = {f"turn:{one.id}": one for one in _same_post(scope, turn)}
        self._staff = {f"staff:{one.id}": one for one in _colleagues(scope, turn)}
        field: Any = self.fields["to"]
        field.choices = [
            *((key, _("%(name)s替我上，不还") % {"name": one.name}) for key, one in self._staff.items()),
            *((key, _swap_words(one)) for key, one in self._back.items()),
        ]

    def ask(self) -> Swap | None:
        """The swap, or None with the reason on the form."""
        if not self.is_valid():
            return None
        back = self._back.get(self.cleaned_data["to"])
        to = back.staff if back else self._staff[self.cleaned_data["to"]]
        try:
            return actions.ask_swap(self.turn, to=to, back=back, by=self.scope)
        except Refused as refusal:
            refuse(self, refusal)
            return None


def _swap_words(turn: Turn) -> str:
    values = {"name": turn.staff.name, "at": day_and_time(turn.begin_at), "shift": turn.shift.name}
    return _("%(name)s，换他%(at)s的%(shift)s") % values


def _same_post(scope: Scope, turn: Turn) -> list[Turn]:
    """Turns of others on this post, around this one and still to come."""
    rows = queries.turns(scope, turn.community_id, turn.day - AROUND, turn.day + AROUND)
    rows = rows.filter(post=turn.post, state=TurnState.PUBLISHED, begin_at__gt=clock.now())
    return list(rows.exclude(staff_id=turn.staff_id).order_by("begin_at", "staff_id"))


def _colleagues(scope: Scope, turn: Turn) -> list[Staff]:
    rows = accounts.staff_in(scope, turn.community_id).filter(dept=turn.post.dept)
    return [
        row.staff
        for row in rows.exclude(staff_id=turn.staff_id).order_by("staff_id")
        if "WK" in row.roles or "CS" in row.roles
    ]


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody has before him: turns, leaves, swaps he asked for and is asked for."""

    turns: Sequence[Turn]
    leaves: Sequence[Leave]
    swaps: Sequence[Swap]
    asked: Sequence[Swap]
    calendar: str


def mine(scope: Scope, community: Community, staff: Staff) -> Mine:
    """Sixty days ahead."""
    now = clock.now()
    turns = [one for one in queries.turns_of(scope, now, now + AHEAD) if one.community_id == community.id]
    swaps = list(queries.swaps(scope, community.id))
    return Mine(
        turns=[one for one in turns if one.state in (TurnState.PUBLISHED, TurnState.CHECKED_IN)],
        leaves=list(queries.leaves(scope, community.id, now, now + AHEAD).filter(staff=staff).order_by("begin_at")),
        swaps=[one for one in swaps if staff.id in (one.turn.staff_id, one.asked_by_id)],
        asked=[one for one in swaps if one.to_id == staff.id and one.state == Decision.ASKED],
        calendar=address(staff),
    )


def swap_step(swap: Swap, step: str, by: Scope) -> str:
    """One answer to a swap; gives the words for it. Raises Refused as the action does, STEP_UNKNOWN (404)."""
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "agree": (lambda: actions.agree_swap(swap, agree=True, by=by), _("已同意，等主管批准")),
        "decline": (lambda: actions.agree_swap(swap, agree=False, by=by), _("已告诉对方不换")),
        "approve": (lambda: actions.decide_swap(swap, approve=True, by=by), _("已批准，班已换过来")),
        "refuse": (lambda: actions.decide_swap(swap, approve=False, by=by), _("未批准")),
    }
    if step not in steps:
        raise Refused("STEP_UNKNOWN", _("没有这个地址"), status=404)
    act, words = steps[step]
    act()
    return words
