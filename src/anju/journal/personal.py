"""What people wrote into the story of a thing."""

from anju.core.personal import CONTRACT, Declaration, Item, declare

declare(
    Declaration(
        "journal",
        (Item("工单里的留言", ("journal.Entry.note",), "记录经过，分清责任", CONTRACT, "随工单5年"),),
    )
)
