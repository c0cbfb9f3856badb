"""Chains and call-outs of the asker's communities."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import access
from anju.duty.choices import ChainKind, Result
from anju.duty.models import Attempt, Callout, Chain
from anju.duty.rules import chains
from anju.estate.defaults import setting
from anju.estate.models import Community


def chain_steps(community: Community, kind: str) -> list[dict[str, Any]]:
    """The steps for a kind of emergency: its own chain, else the community's default, else that of R2.6."""
    rows = Chain.objects.filter(community=community, kind__in=(kind, ChainKind.DEFAULT))
    held = {row.kind: row.steps for row in rows}
    return list(
        held.get(kind) or held.get(ChainKind.DEFAULT) or chains.default(setting(community.config, "duty.chain_ack_s"))
    )


def open_for(subject: tuple[str, int]) -> Callout | None:
    """The run that is on for this matter."""
    return Callout.objects.filter(subject_type=subject[0], subject_id=subject[1], closed_at=None).first()


def runs_for(subject_type: str, subject_ids: Sequence[int]) -> list[Callout]:
    """Every run for these matters, those that are over too, the first one first."""
    rows = Callout.objects.filter(subject_type=subject_type, subject_id__in=subject_ids)
    return list(rows.select_related("acked_by").prefetch_related("attempts__staff").order_by("id"))


def callouts(scope: Scope, community_id: int, *, open_only: bool = True) -> QuerySet[Callout]:
    """Call-outs of a community, newest first."""
    rows = (
        Callout.objects.filter(community_id=community_id).select_related("acked_by").prefetch_related("attempts__staff")
    )
    if open_only:
        rows = rows.filter(closed_at=None)
    return rows if scope.is_system or community_id in scope.communities else rows.none()


def callout(scope: Scope, callout_id: int) -> Callout:
    """One call-out. Raises Refused CALLOUT_UNKNOWN (404)."""
    row = Callout.objects.filter(id=callout_id).select_related("community", "acked_by").first()
    if row is None or not (scope.is_system or access.sees_callout(scope, row)):
        raise Refused("CALLOUT_UNKNOWN", _("没有这次应急呼叫"), status=404)
    return row


def busy(community_id: int, but: Callout) -> set[int]:
    """Who is on the way to, at, or rung for another emergency that is not over."""
    others = Callout.objects.filter(community_id=community_id, closed_at=None).exclude(id=but.id)
    coming = others.exclude(acked_by=None).values_list("acked_by_id", flat=True)
    ringing = Attempt.objects.filter(callout__in=others, result=Result.RINGING).exclude(staff=None)
    return {*coming, *ringing.values_list("staff_id", flat=True)}


def for_me(scope: Scope) -> Sequence[Callout]:
    """The open call-outs in which the asker has been rung or is coming."""
    mine = Attempt.objects.filter(staff_id=scope.staff_id or 0).exclude(result=Result.REFUSED)
    rows = Callout.objects.filter(Q(id__in=mine.values("callout_id")), closed_at=None, arrived_at=None)
    return list(rows.filter(community_id__in=scope.communities).select_related("community", "acked_by"))
