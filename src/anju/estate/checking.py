"""Whether the codes that hang still lead where they should: every scan is seen, one by staff is a check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate import labels
from anju.estate.choices import LabelState
from anju.estate.models import Community, Label
from anju.estate.queries import labels as in_use

AGAIN = timedelta(minutes=10)
"""Scans of one code within this time are one: a busy lift is not a stream of writes."""


def seen(label: Label, *, by: Scope) -> bool:
    """Somebody has scanned a code in use; True when that was a check by staff of the community."""
    if label.state != LabelState.ACTIVE:
        return False
    checks = by.is_staff and label.community_id in by.communities
    now = clock.now()
    names = ["scanned_at", "checked_at"] if checks else ["scanned_at"]
    stale = [name for name in names if (getattr(label, name) or now - AGAIN) <= now - AGAIN]
    for name in stale:
        setattr(label, name, now)
    if stale:
        Label.objects.filter(id=label.id).update(**dict.fromkeys(stale, now))
    return checks


def found(scope: Scope, community: Community, typed: str) -> Label:
    """The code that was typed or pasted, in whatever state. Raises Refused QR_INVALID, QR_OTHER_COMMUNITY."""
    wanted = text.one_line(typed)[:200]
    bare = wanted.upper().replace(" ", "")
    code = bare if bare.isalnum() else labels.opened(wanted)
    rows = Label.objects.select_related("community", "place", "asset", "asset__place")
    label = rows.filter(code=code).first() if code else None
    if label is None or label.community_id not in scope.communities:
        raise _wrong("QR_INVALID", _("没有这个码。照贴纸上名称下面的10位字母和数字输入"))
    if label.community_id != community.id:
        raise _wrong("QR_OTHER_COMMUNITY", _("这是%(name)s的码") % {"name": label.community.name})
    return label


def _wrong(code: str, words: str) -> Refused:
    return Refused(code, words, fields={"code": words})


@dataclass(frozen=True, slots=True)
class House:
    """The codes of one building ("" for what stands outside), and how many of them staff have scanned."""

    building_no: str
    checked: int
    missing: Sequence[Label]

    @property
    def all(self) -> int:
        return self.checked + len(self.missing)


def houses(scope: Scope, community_id: int) -> list[House]:
    """How far the check has come, building by building, what stands outside last."""
    by_house: dict[str, list[Label]] = {}
    for label in in_use(scope, community_id).select_related("place", "asset", "asset__place"):
        by_house.setdefault(house_of(label), []).append(label)
    order = sorted(by_house, key=lambda number: (not number, len(number), number))
    return [
        House(
            number,
            sum(label.checked_at is not None for label in by_house[number]),
            [label for label in by_house[number] if label.checked_at is None],
        )
        for number in order
    ]


def house_of(label: Label) -> str:
    """The building a code hangs in, "" outside."""
    where = label.asset.place if label.asset else label.place
    return where.building_no if where else ""
