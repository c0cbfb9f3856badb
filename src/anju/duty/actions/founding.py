"""What rosters are made of: shifts, posts, patterns, chains."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.accounts.choices import CertKind, Dept, Role
from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import access
from anju.duty.choices import ChainKind
from anju.duty.models import Chain, Pattern, Post, Shift
from anju.duty.rules import chains, standard
from anju.duty.rules.spans import DAY
from anju.estate.models import Community
from anju.journal import actions as journal

Made = TypeVar("Made", Shift, Post, Pattern)
MONDAY = date(2026, 1, 5)
"""Anchor of the standard patterns."""


def planner(community: Community, by: Scope) -> None:
    """Raises Refused NOT_ALLOWED (403) for everybody who makes no rosters here."""
    if not access.plans(by, community.id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)


def _field(code: str, name: str, message: str) -> Refused:
    return Refused(code, message, fields={name: message})


@transaction.atomic
def adopt_standard(community: Community, *, by: Scope, fire_room: bool = False) -> None:
    """早中夜, the posts of R2.1 and the patterns of domain file 02, where they are not there yet."""
    planner(community, by)
    for row in standard.SHIFTS:
        Shift.objects.get_or_create(community=community, code=row["code"], defaults=row)
    posts = [*standard.POSTS, *([standard.FIRE_ROOM] if fire_room else [])]
    for rank, row in enumerate(posts):
        Post.objects.get_or_create(community=community, code=row["code"], defaults=row | {"rank": rank})
    for row in standard.PATTERNS:
        Pattern.objects.get_or_create(community=community, name=row["name"], defaults=row | {"anchor_on": MONDAY})
    journal.record("duty.founded", subject=("community", community.id), community_id=community.id, by=by)


@transaction.atomic
def add_shift(
    community: Community,
    *,
    by: Scope,
    code: str,
    name: str,
    begin_min: int,
    length_min: int,
    paid_min: int,
    on_call: bool = False,
) -> Shift:
    """A kind of working time. Raises Refused SHIFT_INVALID or CODE_TAKEN."""
    planner(community, by)
    code, name = text.one_line(code), text.one_line(name)
    if not 1 <= len(code) <= 4 or not name:
        raise _field("SHIFT_INVALID", "code", _("班次要有1到4个字的代号和名称"))
    if not (0 <= begin_min <= DAY and 0 < length_min <= DAY and 0 <= paid_min <= length_min):
        raise _field("SHIFT_INVALID", "begin_min", _("班次的起止时间不对"))
    return _made(
        Shift(
            community=community,
            code=code,
            name=name[:20],
            begin_min=begin_min,
            length_min=length_min,
            paid_min=0 if on_call else paid_min,
            on_call=on_call,
        )
    )


@transaction.atomic
def add_post(community: Community, *, by: Scope, code: str, name: str, dept: str, **more: Any) -> Post:
    """A post with what it asks for. Raises Refused POST_INVALID or CODE_TAKEN."""
    planner(community, by)
    code, name = text.one_line(code), text.one_line(name)
    if not 1 <= len(code) <= 12 or not name or dept not in Dept.values:
        raise _field("POST_INVALID", "code", _("岗位要有代号、名称和部门"))
    if any(one not in CertKind.values for one in more.get("certs", ())) or more.get("role", "") not in (
        "",
        *Role.values,
    ):
        raise _field("POST_INVALID", "certs", _("没有这种证书或角色"))
    rank = Post.objects.filter(community=community).count()
    return _made(Post(community=community, code=code, name=name[:20], dept=dept, rank=rank, **more))


@transaction.atomic
def add_pattern(
    community: Community, *, by: Scope, name: str, cycle: Sequence[str], anchor_on: date, step: int = 1
) -> Pattern:
    """A cycle of shifts; "" or 休 is a day off. Raises Refused PATTERN_INVALID, SHIFT_UNKNOWN or CODE_TAKEN."""
    planner(community, by)
    codes = ["" if one.strip() in ("", "休") else one.strip() for one in cycle]
    known = set(Shift.objects.filter(community=community).values_list("code", flat=True))
    if not text.one_line(name) or not 1 <= len(codes) <= 60 or not any(codes):
        raise _field("PATTERN_INVALID", "cycle", _("排班规律要有名称，周期1到60天"))
    if set(codes) - known - {""}:
        raise _field("SHIFT_UNKNOWN", "cycle", _("没有这个班次"))
    row = Pattern(community=community, name=text.one_line(name)[:20], cycle=codes, anchor_on=anchor_on, step=step)
    return _made(row)


def _made(row: Made) -> Made:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _field("CODE_TAKEN", "code", _("这个代号已经有了")) from error
    return row


@transaction.atomic
def set_chain(community: Community, *, by: Scope, kind: str, steps: Sequence[Mapping[str, Any]]) -> Chain:
    """Who is called for a kind of emergency; acts from the next call-out on. Raises Refused CHAIN_EMPTY or CHAIN_INVALID."""
    planner(community, by)
    if kind not in ChainKind.values:
        raise _field("CHAIN_INVALID", "kind", _("没有这种应急"))
    if not steps:
        raise _field("CHAIN_EMPTY", "steps", _("应急链至少要有一步"))
    if len(steps) > chains.MOST_STEPS:
        raise _field("CHAIN_INVALID", "steps", _("应急链最多12步"))
    clean = [_step(one) for one in steps]
    _known(community, clean)
    row, _new = Chain.objects.update_or_create(community=community, kind=kind, defaults={"steps": clean})
    journal.record(
        "duty.chain_set",
        subject=("community", community.id),
        community_id=community.id,
        by=by,
        data={"kind": kind, "steps": clean},
    )
    return row


def _known(community: Community, steps: Sequence[Mapping[str, Any]]) -> None:
    """Raises Refused CHAIN_INVALID for a post or a person that is not of this community."""
    named = {
        who: {str(one["ref"]) for one in steps if one["who"] == who} for who in (chains.Who.POST, chains.Who.STAFF)
    }
    posts = Post.objects.filter(community=community, code__in=named[chains.Who.POST])
    crew = {str(one.staff_id) for one in accounts.crew(community.id)}
    if posts.count() < len(named[chains.Who.POST]) or not named[chains.Who.STAFF] <= crew:
        raise _field("CHAIN_INVALID", "steps", _("应急链里的岗位或人不在本小区"))


def _step(given: Mapping[str, Any]) -> dict[str, Any]:
    who, ref, ack_s = given.get("who"), text.one_line(str(given.get("ref", ""))), given.get("ack_s", 180)
    if who not in set(chains.Who) or not isinstance(ack_s, int) or not 30 <= ack_s <= 1800:
        raise _field("CHAIN_INVALID", "steps", _("应急链里有一步填得不对，应答时限30到1800秒"))
    if who in (chains.Who.POST, chains.Who.STAFF) and not ref:
        raise _field("CHAIN_INVALID", "steps", _("请写明是哪个岗位或哪个人"))
    return {"who": who, "ref": ref, "ack_s": ack_s}
