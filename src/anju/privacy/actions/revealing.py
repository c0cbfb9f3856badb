"""One field of one person for sixty seconds, for a reason and with the ticket in hand (R16.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.defaults import setting
from anju.feedback.models import Revisit
from anju.journal import actions as journal
from anju.privacy import access, news, rules
from anju.privacy.actions import chain, finding, telling
from anju.privacy.actions.chain import Origin, Seen
from anju.privacy.choices import LineKind, RevealState, Why
from anju.privacy.models import Chain, Reveal
from anju.privacy.queries import revealing as queries
from anju.tickets.models import Ticket
from anju.timers import actions as timers
from anju.vault import policy

CLOSE = "privacy.close"
MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A full value on its way to the screen: it has been written down and committed before this exists."""

    reveal: Reveal
    value: str
    seconds: int

    @property
    def until(self) -> datetime:
        """When the mask returns."""
        return clock.now() + timedelta(seconds=self.seconds)


def reveal(
    ticket: Ticket | None, *, field: str, reason: str, text: str, by: Scope, origin: Origin, ask: bool = False
) -> Reveal:
    """Write down that he looks; the value itself is given by `opened` after this has been committed.

    Beyond the quota of the day `ask` leaves a request for a supervisor. Raises Refused NDA_UNSIGNED (403),
    REVEAL_FIELD, REVEAL_REASON_REQUIRED, REVEAL_NO_TICKET, NOT_ALLOWED (403), REVEAL_EMPTY (404), REVEAL_QUOTA (429).
    """
    why, words = _reason(reason, text)
    held = _checked(ticket, field, by)
    with transaction.atomic():
        end = chain.lock()
        used_up = queries.left(by, held.community) <= 0
        if used_up and not ask:
            raise _quota()
        row = Reveal(
            community_id=held.community_id,
            staff_id=by.staff_id or 0,
            person_id=held.reporter_id,
            ticket=held,
            field=field,
            reason=why,
            state=RevealState.REQUESTED if used_up else RevealState.SHOWN,
            asked_at=clock.now(),
        )
        row.text = words
        row.save(force_insert=True)
        if used_up:
            _ask(row, by)
        else:
            _show(row, by=by, origin=origin, end=end)
    return row


def _reason(reason: str, words: str) -> tuple[Why, str]:
    """The code, also by its Chinese name, and the words to it."""
    found = next((one for one in Why if reason.strip() in (one.value, str(one.label), _CHINESE[one])), None)
    wording = text.one_line(words)
    if found is None:
        raise Refused(
            "REVEAL_REASON_REQUIRED", _("请选为什么要看，并写一句说明"), fields={"reason": _("请选为什么要看")}
        )
    if not wording:
        raise Refused("REVEAL_REASON_REQUIRED", _("请选为什么要看，并写一句说明"), fields={"text": _("请写一句说明")})
    return found, wording[:MAX_TEXT]


_CHINESE = {
    Why.REVISIT: "回访",
    Why.VISIT: "上门联络",
    Why.BILL: "账单核对",
    Why.EMERGENCY: "应急",
    Why.LEGAL: "法务",
    Why.ASKED: "本人要求",
}


def _checked(ticket: Ticket | None, field: str, by: Scope) -> Ticket:
    """The ticket, when this asker may look at this field because of it."""
    signed(by)
    if field not in policy.SHOWABLE:
        raise Refused("REVEAL_FIELD", _("没有这一项"), fields={"field": _("没有这一项")})
    if ticket is None or not _in_hand(by, ticket):
        raise Refused(
            "REVEAL_NO_TICKET", _("要有自己手上未办结的工单才能查看"), fields={"ticket": _("请从自己手上的工单里查看")}
        )
    if not policy.may_reveal(by.roles_in(ticket.community_id), field):
        raise Refused("NOT_ALLOWED", _("您的岗位不能查看这一项，请找主管或合规专员"), status=403)
    if not queries.value_of(ticket, field):
        raise Refused("REVEAL_EMPTY", _("这一项没有登记"), status=404)
    return ticket


def signed(by: Scope) -> None:
    """Raises Refused NDA_UNSIGNED (403) for staff without a confidentiality agreement in force (R16.6)."""
    if by.is_staff and not by.signed:
        raise Refused("NDA_UNSIGNED", _("您还没有签署本年度的保密协议，签署后才能查看业主信息"), status=403)


def _in_hand(by: Scope, ticket: Ticket) -> bool:
    """An open ticket of his, or one that he owes a call about."""
    if ticket.is_open:
        return access.holds(by, ticket)
    return Revisit.objects.filter(ticket=ticket, state="OPEN", assignee_id=by.staff_id).exists()


def _quota() -> Refused:
    return Refused("REVEAL_QUOTA", _("今天的次数已用完。请主管批准，或用“拨打”不看号码"), status=429)


def _show(row: Reveal, *, by: Scope, origin: Origin, end: Chain | None = None) -> None:
    """The line in the log, and what is odd about it."""
    now, ticket = clock.now(), row.ticket
    row.state, row.valid_until = RevealState.SHOWN, row.valid_until or now + rules.VALID
    row.save(update_fields=["state", "valid_until"])
    seen = Seen(
        LineKind.REVEAL,
        row.id,
        row.field,
        person_id=row.person_id,
        room_id=ticket.room_id,
        ticket_id=ticket.id,
        reason=row.reason,
        text=row.text,
    )
    (line,) = chain.add([seen], community_id=row.community_id, by=by, origin=origin, end=end)
    journal.record(
        news.REVEALED,
        subject=("reveal", row.id),
        community_id=row.community_id,
        by=by,
        data={"field": row.field, "reason": row.reason, "line": line.seq},
    )
    timers.schedule(CLOSE, ("reveal", row.id), row.valid_until, row.community_id)
    finding.watch(line, ticket.community, by=by)


def _ask(row: Reveal, by: Scope) -> None:
    journal.record(news.ASKED, subject=("reveal", row.id), community_id=row.community_id, by=by)
    chiefs = [one for one in telling.holders(row.ticket.community, "CSS", "PM") if one.id != by.staff_id]
    telling.staff(row.ticket.community, chiefs, "T909", ("reveal", row.id), who=by.name, no=row.ticket.no)


def again(row: Reveal, *, by: Scope, origin: Origin) -> Reveal:
    """Look once more within fifteen minutes, or for the first time after a supervisor's word; every look is a line.

    Raises Refused NDA_UNSIGNED (403), NOT_FOUND (404), REVEAL_OVER (409), REVEAL_NO_TICKET.
    """
    if row.staff_id != by.staff_id:
        raise Refused("NOT_FOUND", _("没有找到这次查看"), status=404)
    _checked(row.ticket, row.field, by)
    with transaction.atomic():
        held = Reveal.objects.select_for_update(of=("self",)).select_related("ticket__community").get(id=row.id)
        fresh = held.valid_until is not None and clock.now() <= held.valid_until
        if held.state not in (RevealState.APPROVED, RevealState.SHOWN) or not fresh:
            raise Refused("REVEAL_OVER", _("这次查看已结束，请重新填写理由"), status=409)
        _show(held, by=by, origin=origin)
    return held


def opened(row: Reveal) -> Opened:
    """The value of a look that has been written down. Raises Refused REVEAL_WAITING (409) before it was approved."""
    if row.state != RevealState.SHOWN:
        raise Refused("REVEAL_WAITING", _("已请主管批准，批准后15分钟内可以查看"), status=409)
    return Opened(
        row, queries.value_of(row.ticket, row.field), setting(row.ticket.community.config, "privacy.reveal_s")
    )


@transaction.atomic
def decide(row: Reveal, *, approve: bool, by: Scope) -> Reveal:
    """A supervisor lets an agent look beyond his quota, or not; never himself.

    Raises Refused NOT_ALLOWED (403), STATE_CONFLICT (409).
    """
    if not allowed(by, "privacy.approve", row.community_id) or by.staff_id == row.staff_id:
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    held = Reveal.objects.select_for_update().get(id=row.id)
    if held.state != RevealState.REQUESTED:
        raise Refused("STATE_CONFLICT", _("已经有人处理过"), status=409)
    held.approver_id = by.staff_id
    held.state = RevealState.APPROVED if approve else RevealState.DENIED
    held.valid_until = clock.now() + rules.VALID if approve else None
    held.save(update_fields=["approver", "state", "valid_until"])
    if held.valid_until:
        timers.schedule(CLOSE, ("reveal", held.id), held.valid_until, held.community_id)
    verb = news.APPROVED if approve else news.DENIED
    journal.record(verb, subject=("reveal", held.id), community_id=held.community_id, by=by)
    return held


def close(ids: list[int]) -> None:
    """Fifteen minutes are over."""
    Reveal.objects.filter(id__in=ids, state__in=(RevealState.SHOWN, RevealState.APPROVED)).update(
        state=RevealState.CLOSED
    )
