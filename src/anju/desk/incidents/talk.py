"""The internal room: what happened, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from anju.incidents import queries
from anju.journal.models import Entry

SHOWN = 12


def talk(timeline: Sequence[Entry]) -> list[tuple[Entry, str, str]]:
    """The newest lines: the entry, who, what."""
    names = queries.people(timeline)
    return [(one, names.get(one.actor_id or 0, _("系统")), words(one)) for one in timeline[: -SHOWN - 1 : -1]]


def words(entry: Entry) -> str:
    """One line of the internal room."""
    return entry.note or _SAID.get(entry.verb.partition(".")[2], lambda data: "")(entry.data)


_SAID = {
    "opened": lambda data: _("启动应急"),
    "linked": lambda data: _("并入工单 %(nos)s") % {"nos": "、".join(data["tickets"])},
    "called": lambda data: _("呼叫 %(role)s") % {"role": queries.role_label(data["role"])},
    "acked": lambda data: _("%(role)s 到位") % {"role": queries.role_label(data["role"])},
    "passed": lambda data: _("%(role)s 3分钟未应答，叫下一位") % {"role": queries.role_label(data["role"])},
    "relieved": lambda data: _("%(role)s 换人") % {"role": queries.role_label(data["role"])},
    "step": lambda data: _("完成步骤%(n)s") % {"n": data["step"]},
    "veto": lambda data: _("步骤%(n)s 违规操作，一票否决") % {"n": data["step"]},
    "bulletin": lambda data: _("发布第%(n)s次通报") % {"n": data["seq"]},
    "drafted": lambda data: _("自拟通报，待总指挥批准"),
    "missed": lambda data: _("第%(n)s次通报超时") % {"n": data["seq"]},
    "chased": lambda data: _("第%(n)s次通报仍未发，已报项目经理") % {"n": data["seq"]},
    "interval": lambda data: _("通报间隔改为%(n)s分钟") % {"n": data["minutes"]},
    "eta_asked": lambda data: _("满30分钟未恢复，须公布新的时间"),
    "controlled": lambda data: _("已控制"),
    "restored": lambda data: _("已恢复"),
    "mixed": lambda data: _("演练区域有真实险情"),
    "reviewing": lambda data: _("已复盘"),
    "closed": lambda data: _("已归档"),
    "improvement": lambda data: _("改进项"),
}
