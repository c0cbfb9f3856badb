"""After the end: the review, what will be better, and the file (R3.7)."""

from datetime import date

from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.incidents import access, news
from anju.incidents.actions import story
from anju.incidents.actions.handling import held
from anju.incidents.actions.moving import move
from anju.incidents.choices import Progress, State
from anju.incidents.models import Improvement, Incident

MOST = 2000
STEPS = {
    Progress.OPEN: {Progress.DOING, Progress.DONE, Progress.DROPPED},
    Progress.DOING: {Progress.DONE, Progress.DROPPED},
    Progress.OVERDUE: {Progress.DOING, Progress.DROPPED},
    Progress.DONE: {Progress.VERIFIED},
}


def record_review(incident: Incident, *, words: str, by: Scope) -> Incident:
    """复盘: the meeting has been held; what was said. Raises Refused STATE_ORDER (409), TEXT_REQUIRED."""
    said = text.clean(words)[:MOST]
    if not said:
        raise Refused("TEXT_REQUIRED", _("请写明复盘结论"), fields={"text": _("请写明复盘结论")})
    with held(incident, by=by) as row:
        move(row, State.REVIEWING, by, {State.RESTORED})
        row.review, row.reviewed_at = said, clock.now()
        story.say(row, news.REVIEWING, by)
    return incident


def improve(incident: Incident, *, what: str, who: Staff, due_on: date, by: Scope) -> Incident:
    """改进项: what, by whom, until when. Raises Refused TEXT_REQUIRED, DUE_PAST."""
    said = text.one_line(what)[:200]
    if not said:
        raise Refused("TEXT_REQUIRED", _("请写明要改进什么"), fields={"what": _("请写明要改进什么")})
    if due_on < clock.today():
        raise Refused("DUE_PAST", _("完成日期不能早于今天"), fields={"due_on": _("完成日期不能早于今天")})
    with held(incident, by=by) as row:
        if row.state not in (State.RESTORED, State.REVIEWING):
            raise story.conflict()
        made = Improvement(community=row.community, incident=row, what=said, who=who, due_on=due_on)
        made.save(force_insert=True)
        story.say(row, news.IMPROVEMENT, by, who=who.id, due_on=due_on.isoformat())
    return incident


def advance(incident: Incident, *, improvement_id: int, to: str, by: Scope) -> Incident:
    """An improvement goes on; whoever has it, or who decides. Raises Refused STATE_ORDER (409)."""
    with held(incident, by=by) as row:
        one = row.improvements.select_for_update().filter(id=improvement_id).first()
        if one is None:
            raise Refused("IMPROVEMENT_UNKNOWN", _("没有这个改进项"), status=404)
        mine = by.staff_id == one.who_id and to != Progress.VERIFIED
        if not (mine or access.decides(by, row.community_id)):
            raise story.not_allowed()
        if to not in STEPS.get(_present(one), set()):
            raise Refused("STATE_ORDER", _("改进项不能这样变更"), status=409)
        one.state, one.done_at = to, clock.now() if to == Progress.DONE else one.done_at
        one.save()
        story.say(row, news.IMPROVEMENT, by, state=to)
    return incident


def _present(one: Improvement) -> Progress:
    late = one.state in (Progress.OPEN, Progress.DOING) and clock.today() > one.due_on
    return Progress.OVERDUE if late and one.state == Progress.OPEN else Progress(one.state)


def close(incident: Incident, *, by: Scope) -> Incident:
    """归档. Raises Refused STATE_ORDER (409)."""
    with held(incident, by=by) as row:
        move(row, State.CLOSED, by, {State.REVIEWING})
        row.closed_at = clock.now()
        story.say(row, news.CLOSED, by)
    return incident
