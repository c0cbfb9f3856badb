"""Publishing: a roster with a hole does not come into force (R2.1)."""

from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.duty.actions.founding import planner
from anju.duty.actions.planning import dates
from anju.duty.actions.watching import watch
from anju.duty.choices import ChainKind, TurnState
from anju.duty.models import Publication, Turn
from anju.duty.news import PUBLISHED
from anju.duty.queries.calling import chain_steps
from anju.duty.queries.checking import Report, check, day_begins
from anju.duty.queries.now import workers
from anju.duty.queries.wording import fault_words, gap_words
from anju.duty.rules import chains, holidays
from anju.duty.rules.spans import instant
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.journal import actions as journal

SHOWN = 50


@transaction.atomic
def publish(community: Community, first: date, last: date, *, by: Scope, reason: str = "") -> Publication:
    """The drafts of these dates are in force from now on.

    Raises Refused with the code of the first fault (CERT_EXPIRED, REST_TOO_SHORT …) and all of them in `data`;
    ROSTER_GAP with every hole; CHAIN_EMPTY when an emergency would reach nobody; PUBLISH_LATE when it comes less than
    7 days (with a legal holiday 14) before, unless a reason is given.
    """
    planner(community, by)
    dates(first, last)
    Community.objects.select_for_update().get(id=community.id)
    report = check(SYSTEM, community, first, last)
    _refuse_faults(report)
    _refuse_gaps(report)
    _refuse_chain(community)
    wording = text.one_line(reason)
    _refuse_late(community, first, last, wording)
    start = timedelta(minutes=day_begins(community.id))
    row = Publication.objects.create(
        community=community,
        first_on=first,
        last_on=last,
        begin_at=clock.on(first, time(0)) + start,
        end_at=clock.on(last + timedelta(days=1), time(0)) + start,
        at=clock.now(),
        by_id=by.staff_id,
        reason=wording[:200],
    )
    drafts = Turn.objects.filter(community=community, day__range=(first, last), state=TurnState.DRAFT)
    watch(community, list(drafts.select_related("shift")))
    number = drafts.update(state=TurnState.PUBLISHED)
    journal.record(
        PUBLISHED,
        subject=("community", community.id),
        community_id=community.id,
        by=by,
        data={"first": first.isoformat(), "last": last.isoformat(), "turns": number},
        note=wording,
    )
    return row


def _refuse_faults(report: Report) -> None:
    if report.refusing:
        told = [{"code": one.code, "text": fault_words(report, one)} for one in report.refusing[:SHOWN]]
        raise Refused(report.refusing[0].code, told[0]["text"], data={"faults": told})


def _refuse_gaps(report: Report) -> None:
    if report.gaps:
        told = [
            {
                "post": report.posts[one.post].code,
                "from": clock.iso(instant(one.begin)),
                "to": clock.iso(instant(one.end)),
                "missing": one.missing,
                "text": gap_words(report, one),
            }
            for one in report.gaps
        ]
        message = _("还有%(n)d处缺口，补完才能发布") % {"n": len(told)}
        raise Refused("ROSTER_GAP", message, data={"gaps": told})


def _refuse_chain(community: Community) -> None:
    facts = chains.Facts(workers(community), (), "", line=str(setting(community.config, "duty.company_line")))
    steps = chain_steps(community, ChainKind.DEFAULT)
    if not chains.people(steps, facts) and chains.next_ring(steps, -1, facts) is None:
        raise Refused("CHAIN_EMPTY", _("应急链里没有能联系到的人，先填好应急链再发布"))


def _refuse_late(community: Community, first: date, last: date, reason: str) -> None:
    has_holiday = any(holidays.legal(first + timedelta(days=n)) for n in range((last - first).days + 1))
    days = int(setting(community.config, "duty.notice_holiday_days" if has_holiday else "duty.notice_days"))
    until = clock.on(first - timedelta(days=days - 1), time(0))
    if clock.now() >= until and not reason:
        message = _("排班要提前%(days)d天发布，来不及请写明原因") % {"days": days}
        raise Refused("PUBLISH_LATE", message, fields={"reason": message})
