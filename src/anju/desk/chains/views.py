"""The chains of a community: who would be rung now, where a step rings nobody, and changing them (R2.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.duty import actions, queries
from anju.duty.choices import ChainKind
from anju.duty.rules.chains import MOST_STEPS, Who
from anju.ui.guard import Request, staff

WHO = {
    Who.TECHNICIAN: gettext_lazy("当班技术员"),
    Who.SUP: gettext_lazy("部门主管"),
    Who.DM: gettext_lazy("值班经理"),
    Who.PM: gettext_lazy("项目经理"),
    Who.LINE: gettext_lazy("电话号码（不填是公司值班电话）"),
}
SPARE = 2
"""Empty lines below the last step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the form. `hole`: it would ring nobody at this moment."""

    target: str
    number: str
    minutes: str
    hole: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """A kind of emergency with its steps; `nobody`: not one of them would ring anybody now."""

    kind: str
    label: str
    own: bool
    steps: Sequence[Step]
    nobody: bool


@require_safe
@staff("duty.plan")
def chains(request: Request) -> HttpResponse:
    """All kinds; those without a chain of their own follow the default."""
    around = Frame(request)
    posts = [(f"POST:{one.code}", one.name) for one in queries.posts(request.scope, around.community.id)]
    people = [(f"STAFF:{one.staff_id}", one.staff.name) for one in around.staff]
    context = around.context("roster") | {
        "chains": [_chain(around, kind) for kind in ChainKind],
        "targets": [(who.value, label) for who, label in WHO.items()],
        "posts": posts,
        "people": people,
    }
    return render(request, "desk/chains/page.html", context)


def _chain(around: Frame, kind: ChainKind) -> Chain:
    found = queries.holes(around.scope, around.community, kind)
    steps = [_step(one, index in found.at) for index, one in enumerate(found.steps)]
    spare = [Step("", "", "3")] * min(SPARE, MOST_STEPS - len(steps))
    own = kind in queries.own_chains(around.scope, around.community.id)
    return Chain(kind.value, str(kind.label), own, [*steps, *spare], found.nobody)


def _step(given: Mapping[str, Any], hole: bool) -> Step:
    who, ref = given["who"], str(given.get("ref", ""))
    target = f"{who}:{ref}" if who in (Who.POST, Who.STAFF) else who
    minutes = given["ack_s"] / 60
    return Step(target, ref if who == Who.LINE else "", f"{minutes:g}", hole)


@require_POST
@staff("duty.plan")
def chain(request: Request, kind: str) -> HttpResponse:
    """Change one: from the next call-out on. What it cannot reach now is said at once."""
    around = Frame(request)
    if kind not in ChainKind.values:
        raise Http404
    try:
        actions.set_chain(around.community, by=request.scope, kind=kind, steps=_sent(request.POST))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("已保存，下一次应急起生效"))
        if queries.holes(request.scope, around.community, kind).nobody:
            messages.warning(request, _("按现在的值班，这条链一个人也叫不到"))
    query = f"?c={around.community.id}" if around.several else ""
    return HttpResponseRedirect(reverse("desk:chains") + query)


def _sent(given: QueryDict) -> list[dict[str, Any]]:
    """The lines that name somebody. Raises Refused CHAIN_INVALID for minutes that are none."""
    lines = zip(given.getlist("target"), given.getlist("number"), given.getlist("minutes"), strict=False)
    return [_line(*line) for line in list(lines)[: MOST_STEPS + 1] if line[0]]


def _line(target: str, number: str, minutes: str) -> dict[str, Any]:
    who, _colon, ref = target.partition(":")
    try:
        ack_s = round(float(minutes) * 60)
    except (ValueError, OverflowError) as error:
        raise Refused("CHAIN_INVALID", _("应答时限要写分钟数，如 3")) from error
    return {"who": who, "ref": number.strip() if who == Who.LINE else ref, "ack_s": ack_s}
