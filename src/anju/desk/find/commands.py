"""What can be done and where one can go from everywhere, with who may."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Command:
    """`name` of an address of the desk with its query; `permission` "" for everybody at the desk."""

    label: Any
    name: str
    icon: str
    permission: str = "desk.see"
    key: str = ""
    query: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(f"desk:{self.name}") + (f"?{urlencode(self.query)}" if self.query else "")


COMMANDS = (
    Command(_("记一单"), "new", "plus", "tickets.report", key="f2"),
    Command(_("深色"), "queue", "moon", query=(("theme", "dark"),)),
    Command(_("浅色"), "queue", "bulb", query=(("theme", "light"),)),
    Command(_("紧凑行高"), "queue", "baseline-density-medium", query=(("density", "compact"),)),
    Command(_("宽松行高"), "queue", "baseline-density-medium", query=(("density", "normal"),)),
    Command(_("切换到英文"), "queue", "language", query=(("lang", "en"),)),
    Command(_("切换到中文"), "queue", "language", query=(("lang", "zh-hans"),)),
)
PAGES = (
    Command(_("队列"), "queue", "list-check"),
    Command(_("看板"), "kanban", "layout-kanban"),
    Command(_("我的"), "queue", "user", query=(("view", "mine"),)),
    Command(_("待受理"), "queue", "user-check", query=(("view", "new"),)),
    Command(_("待派单"), "queue", "send", query=(("view", "waiting"),)),
    Command(_("待回访"), "queue", "phone-outgoing", query=(("view", "visit"),)),
    Command(_("已结束"), "queue", "lock", query=(("view", "closed"),)),
    Command(_("回访"), "revisits", "phone-outgoing", "feedback.revisit"),
    Command(_("值班"), "shift", "calendar-user"),
    Command(_("排班"), "roster", "calendar-event", "duty.see"),
    Command(_("交接"), "handovers", "checks", "duty.see"),
    Command(_("扫码"), "codes", "qrcode"),
    Command(_("使用手册"), "manual", "book-2"),
    Command(_("隐私"), "privacy", "shield-check", "privacy.see"),
    Command(_("保密协议"), "agreement", "shield-check", ""),
)
