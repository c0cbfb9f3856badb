"""What this room keeps of people: why somebody looked, what they asked for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from anju.core import clock
from anju.core.personal import LAW, OFFICE, Declaration, Item, declare
from anju.privacy.models import LogLine, Request, Reveal
from anju.privacy.queries.revealing import look


def copy(person_id: int) -> Mapping[str, Any]:
    """Who looked at him and why, and his own requests."""
    lines = LogLine.objects.filter(person_id=person_id).order_by("seq")
    asked = Request.objects.filter(person_id=person_id).order_by("asked_at")
    return {
        "谁查看过": [{"时间": clock.iso(row.at), "说明": look(row).words} for row in lines],
        "申请": [
            {"编号": row.no, "事项": str(row.get_kind_display()), "内容": row.text, "答复": row.answer} for row in asked
        ],
    }


def erase(person_id: int) -> None:
    """The words to reveals and requests; the signed lines stay for their three years, by number only."""
    Reveal.objects.filter(person_id=person_id).update(text="")
    Request.objects.filter(person_id=person_id).update(text="", value="")


def knows(person_ids: Sequence[int]) -> Collection[int]:
    """Whom somebody has looked at."""
    return {
        row.person_id for row in LogLine.objects.filter(person_id__in=person_ids).only("person_id") if row.person_id
    }


declare(
    Declaration(
        "privacy",
        (
            Item(
                "查看记录",
                ("privacy.LogLine.text", "privacy.Reveal.text", "privacy.Finding.verdict"),
                "证明谁因何查看过",
                LAW,
                "3年",
            ),
            Item(
                "个人信息申请",
                ("privacy.Request.text", "privacy.Request.value", "privacy.Request.answer"),
                "办理本人的权利",
                LAW,
                "3年",
            ),
            Item("导出文件", ("privacy.Export.purpose", "privacy.Export.content"), "内部核对", OFFICE, "7天后删除文件"),
            Item(
                "泄露事件",
                ("privacy.Leak.scope", "privacy.Leak.measures", "privacy.Leak.why", "privacy.Leak.authority_words"),
                "补救和通知",
                LAW,
                "3年",
            ),
        ),
        copy=copy,
        erase=erase,
        knows=knows,
    )
)
