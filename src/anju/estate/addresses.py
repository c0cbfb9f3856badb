"""From what somebody says to one place, by exact match only: an address is checked, never browsed (16.1)."""

import re
import unicodedata

from anju.core.scope import Scope
from anju.estate import numbering, queries
from anju.estate.models import Asset, Place, Room

_WORDS = str.maketrans({"栋": "-", "幢": "-", "座": "-", "号": "-", "单": "-", "元": "", "室": "", "户": "", "房": ""})
_DASHES = re.compile(r"[\s\-—–－_/,，、]+")


def exact(scope: Scope, community_id: int, said: str) -> Room | Place | Asset | None:
    """The room, public place or asset that is named in full: 3-1-1203, 3栋1单元1203, 地下车库B1, EL-0301-1."""
    return public(scope, community_id, said) or (home(scope, community_id, said) if said.strip() else None)


def public(scope: Scope, community_id: int, said: str) -> Place | Asset | None:
    """The public place or asset with this name or code; no secret, so it may be asked for as often as one likes."""
    words = unicodedata.normalize("NFKC", said).strip()
    if not words:
        return None
    by_name = {"name": words}, {"code": words.upper()}
    for one in by_name:
        found = queries.assets(scope, community_id).filter(**one).first()
        where = found or queries.places(scope, community_id).filter(**one).first()
        if where is not None:
            return where
    return None


def home(scope: Scope, community_id: int, said: str) -> Room | None:
    """The room that is named in full: 3-1-1203, 3栋1单元1203, 88号."""
    words = unicodedata.normalize("NFKC", said).strip()
    codes = {room_code(words), _as_imported(words)}
    return queries.rooms(scope, community_id).filter(full_code__in=codes).order_by("id").first()


def room_code(said: str) -> str:
    """How the register writes an address: 3栋1单元1203室 -> 3-1-1203."""
    return _DASHES.sub("-", said.upper().translate(_WORDS)).strip("-")


def _as_imported(said: str) -> str:
    """The code that a file with this address would make: 88号, 3#1-1203, 3号楼1单元1203."""
    try:
        return numbering.full_code(numbering.address("", "", said))
    except numbering.Bad:
        return ""
