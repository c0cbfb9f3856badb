"""Place words."""

import pytest

from anju.understanding.places import places


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3栋2单元电梯停了", ("3栋2单元电梯",)),
        ("七号楼大堂灯不亮", ("七号楼大堂",)),
        ("负一楼车库积水", ("负一楼车库",)),
        ("12楼走廊和天台", ("12楼走廊", "天台")),
        ("物业费怎么算", ()),
        ("", ()),
    ],
)
def test_places(text: str, wanted: tuple[str, ...]) -> None:
    assert places(text) == wanted
