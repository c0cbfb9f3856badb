"""Inside a room: choices | news < rules | access < models < queries < actions < listeners | handlers | personal.

A module may import what stands before it in its own room, and itself in parts; never what stands beside or after it.
"""

from tests.house.source import Module, imports, nothing, product

ORDER = (
    ("choices", "news"),
    ("rules", "access"),
    ("models",),
    ("queries",),
    ("actions",),
    ("listeners", "handlers", "personal"),
)
RANK = {part: rank for rank, parts in enumerate(ORDER) for part in parts}


def _part(name: str) -> tuple[str, str]:
    """anju.tickets.actions.dispatch -> tickets, actions."""
    pieces = [*name.split("."), "", ""]
    return pieces[1], pieces[2]


def _against(module: Module) -> list[str]:
    room, part = _part(module.name)
    if part not in RANK:
        return []
    wrong = []
    for line, name in imports(module):
        other_room, other = _part(name)
        if other_room == room and other != part and RANK.get(other, -1) >= RANK[part]:
            wrong.append(f"{module.where}:{line} {part} imports {other}")
    return wrong


def test_a_room_is_in_order():
    nothing([wrong for module in product() for wrong in _against(module)])
