"""What somebody says finds the room that an import wrote, and nothing else."""

import pytest

from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import addresses
from anju.estate.models import Community, Room


@pytest.fixture
def village(db: None) -> Community:
    row = estate.community(code="v", name="村", sign="物业", hotline="400-800-1234")
    for code in ("3-1-1203", "88号", "S-07", "B1-046", "5-2-3A01"):
        Room.objects.create(community=row, building_no="", room_no=code, full_code=code)
    return row


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("3栋1单元1203室", "3-1-1203"),
        ("3号楼1单元1203", "3-1-1203"),
        ("3#1-1203", "3-1-1203"),
        ("三栋一单元1203", "3-1-1203"),
        ("88号", "88号"),
        ("s-07", "S-07"),
        ("B1-046", "B1-046"),
        ("5-2-3a01", "5-2-3A01"),
    ],
)
def test_a_room_is_found_by_its_address(village: Community, said: str, code: str) -> None:
    found = addresses.exact(SYSTEM, village.id, said)
    assert isinstance(found, Room)
    assert found.full_code == code


@pytest.mark.parametrize("said", ["", "3", "1203", "88", "%", "3-1-120"])
def test_a_part_finds_nothing(village: Community, said: str) -> None:
    assert addresses.exact(SYSTEM, village.id, said) is None
