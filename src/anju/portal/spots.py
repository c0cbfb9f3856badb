"""The place or thing whose code was scanned."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju import understanding
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.estate.choices import AssetKind, PlaceKind
from anju.estate.models import Asset, Community, Label, Place
from anju.ui.guard import Request
from anju.understanding import Chip, Leaf

ICONS: dict[str, str] = {
    AssetKind.LIFT: "elevator",
    AssetKind.PUMP: "gauge",
    AssetKind.POWER: "bolt",
    AssetKind.FIRE: "alarm-smoke",
    AssetKind.BARRIER: "barrier-block",
    AssetKind.DOOR: "key",
    AssetKind.CAMERA: "device-cctv",
    AssetKind.LAMP: "lamp",
    AssetKind.CHARGER: "charging-pile",
    PlaceKind.GARAGE: "parking",
    PlaceKind.GREEN: "trees",
    PlaceKind.BUILDING: "building-bank",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands on top of the page, and which matters are likely here."""

    label: Label
    code: str
    community: Community
    asset: Asset | None
    place: Place | None
    name: str
    number: str
    kind: str

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "map-pin")

    @property
    def is_lift(self) -> bool:
        return self.kind == AssetKind.LIFT

    @property
    def chips(self) -> tuple[Chip, ...]:
        return understanding.chips(self.kind)

    def leaf(self, code: str) -> Leaf | None:
        """A leaf that can occur here, None for any other code."""
        known = code in understanding.leaves_of(self.kind) and code in understanding.leaves()
        return understanding.leaf(code) if known else None

    def chip(self, leaf: str, words: str) -> Chip | None:
        """The chip that was tapped."""
        return next((one for one in self.chips if one.leaf.code == leaf and words in ("", one.label)), None)


def spot(code: str) -> Spot:
    """The spot of a signed code. Raises Refused QR_INVALID (404) when the code is forged, void or lost."""
    label = estate.label(code)
    target = (label.asset or label.place) if label else None
    if label is None or target is None:
        raise Refused("QR_INVALID", _("这张码已停用。请扫旁边的新码"), status=404)
    return Spot(
        label=label,
        code=code,
        community=label.community,
        asset=label.asset,
        place=label.place,
        name=target.name,
        number=target.code,
        kind=target.kind,
    )


def speak_for_the_only_one(request: Request) -> None:
    """In a small office strangers too see the community's name and hotline; with several nobody can know which."""
    found = [] if request.scope.communities else list(estate.communities(SYSTEM)[:2])
    if len(found) == 1:
        request.community = found[0]
