"""Being there: check in and out, absence, stand-in (R2.8)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts import actions as accounts
from anju.accounts import queries as staff_queries
from anju.accounts.models import Staff
from anju.core import clock
from anju.core.errors import Refused
from anju.core.geo import distance_m
from anju.core.scope import SYSTEM, Scope
from anju.duty import access, news
from anju.duty.actions.planning import new_turn, refuse_faults
from anju.duty.actions.telling import tell_leader
from anju.duty.actions.watching import OVER_AFTER, WATCH, late_at, watch
from anju.duty.choices import TurnState
from anju.duty.models import Turn
from anju.duty.queries.now import EARLY
from anju.estate import queries as estate
from anju.estate.defaults import setting
from anju.journal import actions as journal
from anju.timers import actions as timers

RADIUS_M = 500
Proof = Mapping[str, Any]


def held(turn: Turn) -> Turn:
    """The row of a turn, locked."""
    rows = Turn.objects.select_for_update(of=("self",)).select_related(
        "community", "post", "shift", "staff", "post__place"
    )
    return rows.get(id=turn.id)


@transaction.atomic
def check_in(turn: Turn, *, by: Scope, proof: Proof | None = None) -> Turn:
    """到岗 from 15 minutes before the beginning, proved by the code at the post or by position; late is still in.

    Raises Refused CHECK_IN_EARLY, TURN_STATE (409), PROOF_REQUIRED, QR_INVALID, QR_OTHER_PLACE, GEO_TOO_FAR.
    """
    row = held(turn)
    if not access.may_check_in(by, row):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if row.state == TurnState.CHECKED_IN:
        return row
    if row.state != TurnState.PUBLISHED:
        raise _wrong(row)
    now = clock.now()
    if now < row.begin_at - EARLY:
        begin = clock.local(row.begin_at - EARLY)
        raise Refused("CHECK_IN_EARLY", _("%(at)s起才能到岗签到") % {"at": f"{begin:%m-%d %H:%M}"}, status=409)
    if now >= row.end_at:
        raise Refused("TURN_OVER", _("这个班已经结束"), status=409)
    row.how = _proved(row, proof or {}, own=access.is_own(by, row))
    row.state, row.checked_in_at = TurnState.CHECKED_IN, now
    row.save(update_fields=["state", "checked_in_at", "how"])
    late_s = max(0, int((now - row.begin_at).total_seconds()))
    _record(row, news.CHECKED_IN, by, how=row.how, late_s=late_s)
    timers.schedule(WATCH, ("turn", row.id), row.end_at + OVER_AFTER, row.community_id)
    _switch(row, on=True, by=by)
    return row


def _record(row: Turn, verb: str, by: Scope, **data: Any) -> None:
    data = {"staff": row.staff_id, "post": row.post_id, **data}
    journal.record(verb, subject=("turn", row.id), community_id=row.community_id, by=by, data=data)


def _wrong(row: Turn) -> Refused:
    words = _("这个班的状态是“%(state)s”，请刷新") % {"state": TurnState(row.state).label}
    return Refused("TURN_STATE", words, status=409, data={"state": row.state})


def _switch(row: Turn, *, on: bool, by: Scope) -> None:
    """The switch follows the roster, so that whoever waits for somebody like him is offered to him at once."""
    found = staff_queries.staff_in(SYSTEM, row.community_id).filter(staff_id=row.staff_id).first()
    if found is not None:
        accounts.set_shift(found, on=on, by=SYSTEM if by.staff_id != row.staff_id else by)


def _proved(row: Turn, proof: Proof, *, own: bool) -> str:
    if proof.get("qr"):
        _right_code(row, str(proof["qr"]))
        return "qr"
    if proof.get("geo"):
        _near(row, proof["geo"])
        return "geo"
    if own:
        message = _("请扫岗位的二维码，或打开定位")
        raise Refused("PROOF_REQUIRED", message, fields={"proof": message})
    return "desk"


def _right_code(row: Turn, scanned: str) -> None:
    label = estate.label(scanned)
    if label is None or label.community_id != row.community_id:
        raise Refused("QR_INVALID", _("二维码无效或已停用"), fields={"proof": _("二维码无效或已停用")})
    place = label.place or (label.asset.place if label.asset else None)
    if row.post.place_id is not None and (place is None or place.id != row.post.place_id):
        message = _("这不是%(post)s的码，请扫岗位的码") % {"post": row.post.name}
        raise Refused("QR_OTHER_PLACE", message, fields={"proof": message})


def _near(row: Turn, geo: Mapping[str, Any]) -> None:
    """Within the radius of the post's place, or of the community; unchecked where neither has a position."""
    place, community = row.post.place, row.community
    lat, lng, radius_m = community.lat, community.lng, RADIUS_M
    if place is not None and place.lat is not None and place.lng is not None:
        lat, lng, radius_m = place.lat, place.lng, place.radius_m
    try:
        here = (float(geo["lat"]), float(geo["lng"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("GEO_INVALID", _("定位没有取到，请再试或扫码"), fields={"proof": _("定位没有取到")}) from error
    if lat is None or lng is None:
        return
    away = distance_m(*here, lat, lng)
    if not away <= radius_m:
        message = _("您离岗位还有%(m)s米，到了再点") % {"m": round(away)}
        raise Refused("GEO_TOO_FAR", message, fields={"proof": message})


@transaction.atomic
def check_out(turn: Turn, *, by: Scope) -> Turn:
    """下班. Raises Refused POST_GUARDED while a post that must not be left has no relief (R2.8)."""
    row = held(turn)
    if not access.may_check_in(by, row):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if row.state != TurnState.CHECKED_IN:
        raise _wrong(row)
    if row.post.guarded and not _relieved(row):
        raise Refused("POST_GUARDED", _("接班的人到岗以前不能离开%(post)s") % {"post": row.post.name}, status=409)
    return done(row, by=by)


def _relieved(row: Turn) -> bool:
    others = Turn.objects.filter(post_id=row.post_id, state=TurnState.CHECKED_IN).exclude(id=row.id)
    return others.count() >= row.post.heads


def done(row: Turn, *, by: Scope) -> Turn:
    """The turn is over; the row is locked."""
    row.state, row.checked_out_at = TurnState.DONE, clock.now()
    row.save(update_fields=["state", "checked_out_at"])
    _record(row, news.CHECKED_OUT, by)
    timers.cancel(WATCH, "turn", [row.id])
    if not Turn.objects.filter(
        staff_id=row.staff_id, community_id=row.community_id, state=TurnState.CHECKED_IN
    ).exists():
        _switch(row, on=False, by=by)
    return row


def look(turn_id: int) -> None:
    """A turn's timer: T211 to the supervisor after 5 minutes, absent after 15, over half an hour after its end."""
    row = held(Turn(id=turn_id))
    now = clock.now()
    if row.state == TurnState.PUBLISHED and setting(row.community.config, "duty.check_in"):
        absent_at = late_at(row.community, row, "duty.absent_stand_in_min")
        if now < absent_at:
            tell_leader(row, "SUP")
            timers.schedule(WATCH, ("turn", row.id), absent_at, row.community_id)
        else:
            row.state = TurnState.ABSENT
            row.save(update_fields=["state"])
            _record(row, news.ABSENT, SYSTEM)
            tell_leader(row, "DM")
    elif row.state == TurnState.CHECKED_IN:
        if row.post.guarded and not _relieved(row):
            timers.schedule(WATCH, ("turn", row.id), now + OVER_AFTER, row.community_id)
        else:
            done(row, by=SYSTEM)


@transaction.atomic
def stand_in(turn: Turn, *, to: Staff, by: Scope) -> Turn:
    """顶岗: somebody else takes a turn that is absent or cannot be kept; it counts at once.

    Raises Refused SWAP_CERT_MISMATCH, ROSTER_OVERLAP; for a turn still to come also REST_TOO_SHORT.
    """
    row = held(turn)
    if not access.leads(by, row.community_id):
        raise Refused("NOT_ALLOWED", _("由值班经理或主管安排顶岗"), status=403)
    if row.state not in (TurnState.PUBLISHED, TurnState.ABSENT) or row.end_at <= clock.now():
        raise _wrong(row)
    return give(row, to, by=by, extra=True, urgent=row.state == TurnState.ABSENT)


def give(row: Turn, to: Staff, *, by: Scope, extra: bool, urgent: bool = False, but: tuple[int, ...] = ()) -> Turn:
    """The turn goes to somebody else: a new row, and the old one stays as history."""
    if not staff_queries.staff_in(SYSTEM, row.community_id).filter(staff=to).exists():
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), fields={"to": _("本小区没有这个人")})
    new = new_turn(row.post, row.shift, to.id, row.day, extra=extra)
    new.staff, new.instead_of, new.state = to, row, TurnState.PUBLISHED
    if urgent:
        new.begin_at = max(new.begin_at, clock.now())
    try:
        refuse_faults(new, to, published=True, but=(row.id, *but), urgent=urgent)
    except Refused as refusal:
        if refusal.code in ("CERT_EXPIRED", "CERT_MISSING"):
            raise Refused(
                "SWAP_CERT_MISMATCH", _("%(name)s没有这个岗位要的证书，不能顶这个班") % {"name": to.name}
            ) from refusal
        raise
    if row.state == TurnState.PUBLISHED:
        row.state = TurnState.SWAPPED
        row.save(update_fields=["state"])
        timers.cancel(WATCH, "turn", [row.id])
    new.save(force_insert=True)
    _record(new, news.STAND_IN if extra else news.SWAPPED, by, instead_of=row.id, was=row.staff_id)
    watch(row.community, [new])
    return new
