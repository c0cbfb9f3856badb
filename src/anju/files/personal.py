"""What is kept of photos."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.core.personal import CONTRACT, Declaration, Item, declare
from anju.files import actions

STRAY = timedelta(days=2)


def purge(now: datetime) -> Mapping[str, int]:
    """Photos that nothing refers to any more."""
    return {"photos": actions.sweep(now - STRAY)}


declare(
    Declaration(
        "files",
        (Item("照片", ("files.File.name",), "说明故障和处理结果", CONTRACT, "随工单5年"),),
        purge=purge,
    )
)
