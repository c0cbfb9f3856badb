"""What duty keeps in words that people wrote: remarks of the roster and of handovers."""

from anju.core.personal import OFFICE, Declaration, Item, declare

declare(
    Declaration(
        "duty",
        (
            Item(
                "值班和交接记录",
                ("duty.Line.note", "duty.Line.objection", "duty.Line.ruling", "duty.Handover.reason"),
                "交接未办完的事",
                OFFICE,
                "尚未设自动清理",
                "员工",
            ),
        ),
    )
)
