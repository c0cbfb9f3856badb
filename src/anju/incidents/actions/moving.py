"""The commander's states (Appendix F): controlled, restored, come back, false alarm."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.duty.rules import holidays
from anju.estate.defaults import setting
from anju.incidents import news
from anju.incidents.actions import calling, linking, stepping, story, telling
from anju.incidents.actions.handling import held
from anju.incidents.actions.opening import begin_grid
from anju.incidents.choices import Audience, Role, State
from anju.incidents.models import Bulletin, Incident

MAY_RECUR = timedelta(hours=2)
REVIEW_DAYS = 3
"""Working days after the end (R3.7)."""


def control(incident: Incident, *, by: Scope) -> Incident:
    """已控制. Raises Refused NOT_ALLOWED (403), STATE_ORDER (409)."""
    with held(incident, by=by) as row:
        move(row, State.CONTROLLED, by, {State.OPEN})
        row.controlled_at = clock.now()
        story.say(row, news.CONTROLLED, by)
    return incident


def restore(incident: Incident, *, by: Scope, conditions: Sequence[str] | bool) -> Incident:
    """已恢复, when everything the plan asks for is ticked: residents are told, the tickets are finished together, the
    review is due. Raises Refused CONDITIONS_OPEN, STATE_ORDER (409)."""
    with held(incident, by=by) as row:
        may_move(row, by, {State.CONTROLLED})
        _tick(row, conditions)
        now = clock.now()
        stepping.by_itself(row, by, time=True)
        _last_bulletin(row, by)
        move(row, State.RESTORED, by, {State.CONTROLLED})
        row.restored_at, row.review_due_on = now, workdays_after(clock.local(now).date(), REVIEW_DAYS)
        telling.residents(
            row, "T303", place=row.place, item=row.kind, t=telling.moment(now)
        ) if row.plan.tells else None
        linking.settle(row, _("%(item)s已处理完毕") % {"item": row.kind})
        story.say(row, news.RESTORED, by)
    return incident


def recur(incident: Incident, *, by: Scope, reason: str = "") -> Incident:
    """复发: from CONTROLLED, or within two hours from RESTORED. Raises Refused STATE_ORDER, RECUR_EXPIRED (409)."""
    with held(incident, by=by) as row:
        may_move(row, by, {State.CONTROLLED, State.RESTORED})
        if row.restored_at is not None and clock.now() > row.restored_at + MAY_RECUR:
            raise Refused("RECUR_EXPIRED", _("恢复已超过2小时，请重新启动应急"), status=409)
        was_over = row.restored_at is not None
        move(row, State.OPEN, by, {State.CONTROLLED, State.RESTORED})
        row.recurrences += 1
        row.controlled_at = row.restored_at = row.review_due_on = row.eta_at = None
        row.conditions = [{**one, "ticked": False} for one in row.conditions]
        row.interval_min = setting(row.community.config, "incident.bulletin_min")
        story.say(row, news.RECURRED, by, note=text.clean(reason)[:500])
        if was_over:
            begin_grid(row, clock.now())
            now = telling.moment(clock.now())
            telling.residents(row, row.plan.opening, place=row.place, t=now, item=row.kind, level=row.warning)
            linking.unsettle(row, _("复发，继续处置"))
    return incident


def cancel(incident: Incident, *, by: Scope, reason: str, verified_by: Staff | None = None) -> Incident:
    """误报, with who has verified it; residents are told. Raises Refused REASON_REQUIRED, STATE_ORDER (409)."""
    words = text.clean(reason)[:500]
    if not words:
        raise Refused("REASON_REQUIRED", _("请写明核实情况"), fields={"reason": _("请写明核实情况")})
    with held(incident, by=by) as row:
        move(row, State.CANCELLED, by, {State.OPEN})
        row.reason, row.closed_at = words, clock.now()
        row.verified_by_id = verified_by.id if verified_by else by.staff_id
        story.say(row, news.CANCELLED, by, note=words, verified_by=row.verified_by_id)
        if row.plan.tells:
            _false_alarm(row)
    return incident


def _false_alarm(row: Incident) -> None:
    now = clock.now()
    _record(row, SYSTEM, "经核实为误报，请放心，无需采取措施")
    telling.residents(row, "T303", place=row.place, item=row.kind, t=telling.moment(now))


def move(row: Incident, to: State, by: Scope, before: set[State]) -> None:
    """Change the state. Raises Refused NOT_ALLOWED (403), STATE_ORDER (409)."""
    may_move(row, by, before)
    calling.acts(row, by, Role.CMD)
    row.state, row.state_since = to, clock.now()


def may_move(row: Incident, by: Scope, before: set[State]) -> None:
    """The commander alone, and only along the arrows of Appendix F."""
    story.only_commander(row, by)
    if row.state not in before:
        raise Refused(
            "STATE_ORDER",
            _("现在是“%(state)s”，不能这样变更") % {"state": State(row.state).label},
            status=409,
            data={"state": row.state},
        )


def _tick(row: Incident, conditions: Sequence[str] | bool) -> None:
    for one in row.conditions:
        one["ticked"] = conditions is True or (not isinstance(conditions, bool) and one["text"] in conditions)
    missing = [one["text"] for one in row.conditions if not one["ticked"]]
    if missing:
        message = _("还有%(n)s项恢复条件没有确认") % {"n": len(missing)}
        raise Refused("CONDITIONS_OPEN", message, fields={"conditions": message}, data={"conditions": missing})


def _last_bulletin(row: Incident, by: Scope) -> None:
    """The end as residents read it (C.2); it satisfies the slot it falls into."""
    made = _record(row, by, row.plan.text(2, {}) or f"{row.kind}已恢复正常")
    slot = row.slots.order_by("-seq").first()
    if slot is not None and slot.met_at is None and slot.plain.takes(clock.now()):
        slot.met_at = clock.now()
        slot.save(update_fields=["met_at"])
        made.slot = slot
        made.save(update_fields=["slot"])


def _record(row: Incident, by: Scope, words: str) -> Bulletin:
    now = clock.now()
    made = Bulletin(
        incident=row,
        seq=row.bulletins.exclude(seq=None).count() + 1,
        drafted_at=now,
        posted_at=now,
        audience=Audience.RESIDENTS if row.plan.tells else Audience.INTERNAL,
        text=words,
        author_id=by.staff_id,
        templates=["T303"] if row.plan.tells else [],
    )
    made.save(force_insert=True)
    return made


def workdays_after(day: date, count: int) -> date:
    """The last of so many working days after a day."""
    while count:
        day += timedelta(days=1)
        count -= holidays.workday(day)
    return day
