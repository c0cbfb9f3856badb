"""换班: the colleague agrees, a leader approves; the new turns hold all rules of R2.2."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import access
from anju.duty.actions.attending import give, held
from anju.duty.choices import Decision, TurnState
from anju.duty.models import Swap, Turn


@transaction.atomic
def ask_swap(turn: Turn, *, to: Staff, by: Scope, back: Turn | None = None) -> Swap:
    """Ask a colleague to take a turn, perhaps for one of his. Raises Refused SWAP_INVALID, NOT_ALLOWED (403)."""
    if not access.is_own(by, turn) and not access.plans(by, turn.community_id):
        raise Refused("NOT_ALLOWED", _("只能换自己的班"), status=403)
    now = clock.now()
    fine = _is_to_come(turn) and to.id != turn.staff_id
    if back is not None:
        fine = fine and _is_to_come(back) and (back.staff_id, back.community_id) == (to.id, turn.community_id)
    if not fine:
        raise Refused("SWAP_INVALID", _("只能换还没开始的已发布的班"), fields={"turn": _("这个班不能换")})
    if Swap.objects.filter(turn=turn, state__in=(Decision.ASKED, Decision.AGREED)).exists():
        raise Refused("SWAP_WAITING", _("这个班已经在申请换班"), status=409)
    return Swap.objects.create(
        community_id=turn.community_id,
        turn=turn,
        to=to,
        back=back,
        asked_by_id=by.staff_id or turn.staff_id,
        asked_at=now,
    )


def _is_to_come(turn: Turn) -> bool:
    return turn.state == TurnState.PUBLISHED and turn.begin_at > clock.now()


@transaction.atomic
def agree_swap(swap: Swap, *, agree: bool, by: Scope) -> Swap:
    """The colleague's answer. Raises Refused NOT_ALLOWED (403), DECIDED (409)."""
    row = _locked(swap, Decision.ASKED)
    if by.staff_id != row.to_id:
        raise Refused("NOT_ALLOWED", _("由被换班的同事答复"), status=403)
    return _decided(row, Decision.AGREED if agree else Decision.REFUSED, by)


@transaction.atomic
def decide_swap(swap: Swap, *, approve: bool, by: Scope) -> Swap:
    """A leader's decision after the colleague has agreed; approved, the turns change hands at once.

    Raises Refused SWAP_CERT_MISMATCH, ROSTER_OVERLAP, REST_TOO_SHORT, SWAP_INVALID, NOT_ALLOWED (403), DECIDED (409).
    """
    row = _locked(swap, Decision.AGREED if approve else swap.state)
    if not access.leads(by, row.community_id):
        raise Refused("NOT_ALLOWED", _("由主管或值班经理审批"), status=403)
    if approve:
        _exchange(row, by)
    return _decided(row, Decision.APPROVED if approve else Decision.REFUSED, by)


def _exchange(row: Swap, by: Scope) -> None:
    turn = held(row.turn)
    back = held(row.back) if row.back else None
    rows = [one for one in (turn, back) if one is not None]
    if not all(_is_to_come(one) for one in rows):
        raise Refused("SWAP_INVALID", _("这个班已经开始或已换出"), status=409)
    ids = tuple(one.id for one in rows)
    before = turn.staff
    give(turn, row.to, by=by, extra=back is None, but=ids)
    if back is not None:
        give(back, before, by=by, extra=False, but=ids)


def _locked(swap: Swap, wanted: str) -> Swap:
    row = Swap.objects.select_for_update(of=("self",)).select_related("turn", "to", "back").get(id=swap.id)
    if row.state != wanted or row.state not in (Decision.ASKED, Decision.AGREED):
        raise Refused("DECIDED", _("对方还没同意，或者已经审批过"), status=409)
    return row


def _decided(row: Swap, state: Decision, by: Scope) -> Swap:
    row.state, row.decided_by_id = state, by.staff_id
    row.save(update_fields=["state", "decided_by"])
    return row
