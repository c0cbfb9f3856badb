"""An address is checked, never browsed: match or no match, five tries in a call (R16.1, AT16.2)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.core import clock, phones
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate import addresses
from anju.estate import queries as estate
from anju.estate.models import Community, Room
from anju.privacy import rules
from anju.privacy.actions import finding
from anju.privacy.choices import FindingKind
from anju.privacy.models import AddressCall

MAX_SAID = 60


@dataclass(frozen=True, slots=True)
class Match:
    """匹配 or 不匹配, and how many tries are left; nothing else about anybody."""

    matched: bool
    left: int


def identify(community: Community, *, said: str, call: str, by: Scope, phone: str = "") -> Match:
    """Does this address exist, and with `phone`: does whoever calls from there belong to it?

    Every try of a call counts, but for public places. Raises Refused NOT_ALLOWED (403), ADDRESS_REQUIRED, SEARCH_TOO_BROAD, IDENTITY_TRIES (429).
    """
    if not allowed(by, "privacy.identify", community.id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    wording = said.strip()[:MAX_SAID]
    if not wording:
        raise Refused("ADDRESS_REQUIRED", _("请输入对方说的地址"), fields={"address": _("请输入对方说的地址")})
    if addresses.public(by, community.id, wording) is not None:
        return Match(True, left=rules.TRIES)
    left = _try(community, call, by)
    found = addresses.home(by, community.id, wording)
    if found is None and "-" not in addresses.room_code(wording):
        message = _("请使用完整地址精确匹配")
        raise Refused("SEARCH_TOO_BROAD", message, fields={"address": message}, data={"left": left})
    return Match(found is not None and _belongs(community, found, phone), left)


def missed(community: Community, *, by: Scope) -> None:
    """A report named a home that does not exist: counted like a try, five in a day outside of calls.

    Raises Refused IDENTITY_TRIES (429).
    """
    _try(community, "", by)


def _try(community: Community, call: str, by: Scope) -> int:
    """Count it before anything is looked up; committed even when the answer is a refusal."""
    with transaction.atomic():
        slot = {"staff_id": by.staff_id, "call": call[:64] or f"{clock.today()}"}
        AddressCall.objects.bulk_create([AddressCall(**slot, at=clock.now())], ignore_conflicts=True)
        row = AddressCall.objects.select_for_update().get(**slot)
        row.tries += 1
        row.save(update_fields=["tries"])
        over = row.tries > rules.TRIES
        if over:
            finding.found(FindingKind.PROBING, community=community, staff_id=by.staff_id)
    if over:
        raise Refused(
            "IDENTITY_TRIES", _("地址已核对5次。请先留空，把对方说的地址写进描述"), status=429, data={"left": 0}
        )
    return rules.TRIES - row.tries


def _belongs(community: Community, found: Room, phone: str) -> bool:
    number = phones.parse(phone) if phone else None
    if number is None:
        return not phone
    people = estate.people_by_phone(community.id, number.number)
    return any(found in estate.rooms_of(one.id) for one in people)
