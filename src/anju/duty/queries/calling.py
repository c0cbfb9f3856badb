"""Chains and call-outs of the asker's communities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import access, news
from anju.duty.choices import ChainKind, Result
from anju.duty.models import Attempt, Callout, Chain
from anju.duty.queries.now import people_on, worker_rows
from anju.duty.queries.roster import held
from anju.duty.rules import chains
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.journal import queries as journal


def chain_steps(community: Community, kind: str) -> list[dict[str, Any]]:
    """The steps for a kind of emergency: its own chain, else the community's default, else that of R2.6."""
    rows = Chain.objects.filter(community=community, kind__in=(kind, ChainKind.DEFAULT))
    held = {row.kind: row.steps for row in rows}
    return list(
        held.get(kind) or held.get(ChainKind.DEFAULT) or chains.default(setting(community.config, "duty.chain_ack_s"))
    )


def own_chains(scope: Scope, community_id: int) -> set[str]:
    """The kinds of emergencies that have a chain of their own."""
    rows = Chain.objects.filter(community_id=community_id) if held(scope, community_id) else Chain.objects.none()
    return set(rows.values_list("kind", flat=True))


@dataclass(frozen=True, slots=True)
class Holes:
    """The steps of a chain that would ring nobody at this moment; `nobody`: none would."""

    steps: Sequence[Mapping[str, Any]]
    at: Sequence[int]

    @property
    def nobody(self) -> bool:
        return len(self.at) == len(self.steps)


def holes(
    scope: Scope, community: Community, kind: str = ChainKind.DEFAULT, steps: Sequence[Mapping[str, Any]] | None = None
) -> Holes:
    """Of the chain for this kind, or of steps that are about to become it; who is on duty or on call may do the work."""
    wanted = chain_steps(community, kind) if steps is None else steps
    people = worker_rows(scope, community)
    crew = [one.staff_id for one in people if "WK" in one.roles and (one.on_shift or one.on_call)]
    line = str(setting(community.config, "duty.company_line"))
    phones = {one.staff_id for one in accounts.crew(community.id) if one.staff.phone}
    facts = chains.Facts(people, crew, "ENG", posts=people_on(community.id), line=line)
    return Holes(wanted, chains.holes(wanted, facts, phones))


@dataclass(frozen=True, slots=True)
class LineTest:
    """The last evening's test calls: when they were judged, and the lines that did not answer."""

    at: datetime
    silent: Sequence[str]


def line_test(scope: Scope, community_id: int) -> LineTest | None:
    """The last one; None when there was none."""
    rows = journal.of("community", community_id).filter(verb=news.LINES_HEARD)
    last = rows.last() if held(scope, community_id) else None
    return LineTest(last.at, last.data["silent"]) if last else None


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
