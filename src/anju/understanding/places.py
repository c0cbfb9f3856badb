"""Place words of a text: 3栋2单元电梯, 负一楼车库, 7号楼门口."""

import re
from typing import Final

_NUMBER = "[0-9零一二三四五六七八九十两]{1,4}"
_PLACE: Final = re.compile(
    f"(?:{_NUMBER}(?:号楼|栋|幢|座|期))?(?:{_NUMBER}(?:号)?单元)?(?:[负-]?{_NUMBER}(?:楼|层|f)|b[1-4])?"
    "(?:电梯|大堂|大厅|楼道|走廊|地库|车库|门口|大门|岗亭|楼梯|天台|楼顶|花园|广场|泳池|游乐场|健身区|充电棚|配电房|水泵房|垃圾房)?"
)
_MOST: Final = 3


def places(read: str) -> tuple[str, ...]:
    """Up to three places named in a normalised text, the most exact first; () when it names none."""
    found = {one.group(): None for one in _PLACE.finditer(read) if len(one.group()) > 1}
    return tuple(sorted(found, key=lambda place: -len(place))[:_MOST])
