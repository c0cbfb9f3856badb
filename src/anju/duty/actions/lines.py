"""线路测试: every evening an automatic call to the lines that answer at night; silence is told at once (R2, edge cases)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.accounts.rules import Worker
from anju.core import clock
from anju.core.scope import SYSTEM
from anju.duty import news
from anju.duty.actions.telling import office, staff_notice
from anju.duty.queries.calling import holes
from anju.duty.queries.now import workers
from anju.estate import queries as estate
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.journal import queries as told
from anju.notify import actions as notify
from anju.notify import queries as deliveries
from anju.timers import actions as timers
from anju.timers.models import Timer

TEST, HEARD = "duty.line_test", "duty.line_heard"
OFFICE = ("office", 1)
AT = time(21, 45)
WITHIN = timedelta(minutes=3)
"""So long has a line to answer."""
SECOND = timedelta(seconds=1)


def begin() -> None:
    """Set the test when it is not set: at the start of every worker, and of the lab."""
    if not Timer.objects.filter(kind=TEST).exists():
        timers.schedule(TEST, OFFICE, next_test(clock.now()))


def next_test(after: datetime) -> datetime:
    """21:45 of this evening or the next."""
    today = clock.on(clock.local(after).date(), AT)
    return today if today > after else today + timedelta(days=1)


def ring() -> None:
    """A test call (T233) to every line of every community, and the next evening's test."""
    now = clock.now()
    for community in estate.communities(SYSTEM).order_by("id"):
        if setting(community.config, "duty.line_test"):
            _ring(community)
    timers.schedule(TEST, OFFICE, next_test(now))


@transaction.atomic
def _ring(community: Community) -> None:
    rung = []
    for line, number in _lines(community):
        to = notify.Recipient("phone", None, number)
        rows = notify.tell(
            "T233",
            to=to,
            vars={"place": line},
            about=("community", community.id),
            office=office(community),
            emergency=True,
        )
        rung.append([line, [row.id for row in rows]])
    silent = [_("应急链")] if holes(SYSTEM, community).nobody else []
    if rung:
        data = {"rung": rung}
        journal.record(
            news.LINES_RUNG, subject=("community", community.id), community_id=community.id, by=SYSTEM, data=data
        )
        timers.schedule(HEARD, ("community", community.id), clock.now() + WITHIN + SECOND, community.id)
    _alarm(community, silent)


def _lines(community: Community) -> list[tuple[str, str]]:
    """The lines with a number: the outside service's, the company's duty line."""
    named = ((_("外包坐席"), "duty.outsource_line"), (_("公司值班电话"), "duty.company_line"))
    found = ((line, str(setting(community.config, key))) for line, key in named)
    return [(line, number) for line, number in found if number]


@transaction.atomic
def listen(community_id: int) -> None:
    """Three minutes later: whoever has not answered is named to the duty manager."""
    community = estate.communities(SYSTEM).get(id=community_id)
    last = told.of("community", community_id).filter(verb=news.LINES_RUNG).last()
    rung = last.data["rung"] if last else []
    answered = deliveries.answered([one for _line, ids in rung for one in ids])
    silent = [line for line, ids in rung if answered.isdisjoint(ids)]
    data = {"rung": len(rung), "silent": silent}
    journal.record(
        news.LINES_HEARD, subject=("community", community_id), community_id=community_id, by=SYSTEM, data=data
    )
    _alarm(community, silent)


def _alarm(community: Community, silent: Sequence[str]) -> None:
    """T234 to the duty managers on duty, to the project manager when there is none, and to the head of the desk."""
    if not silent:
        return
    people, about, names = workers(community), ("community", community.id), "、".join(silent)
    managers = _holding(people, "DM", on_shift=True) or _holding(people, "PM")
    to = {one.staff_id for one in (*managers, *_holding(people, "CSS"))}
    rows = Staff.objects.filter(id__in=to).order_by("id")
    notify.tell_many([staff_notice("T234", one, community, about, emergency=True, place=names) for one in rows])


def _holding(people: Sequence[Worker], role: str, *, on_shift: bool = False) -> list[Worker]:
    return [one for one in people if role in one.roles and (one.on_shift or not on_shift)]
