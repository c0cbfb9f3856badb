"""Words a worker taps instead of typing: what he did, what he used, why it takes longer."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise

DONE: Mapping[str, Sequence[Word]] = {
    "PW": (_("换阀芯"), _("换软管"), _("缠生料带"), _("疏通"), _("试压合格")),
    "PE": (_("换灯"), _("换开关"), _("紧固接线"), _("换空开"), _("通电正常")),
    "EL": (_("换按钮"), _("调整门机"), _("清理地坎"), _("试运行正常")),
    "AC": (_("重启设备"), _("换读头"), _("调整门磁"), _("试刷正常")),
    "CL": (_("清扫"), _("清运"), _("消杀")),
    "OR": (_("劝离"), _("联系到当事人"), _("现场恢复正常")),
    "IN": (_("换阀芯"), _("换软管"), _("换开关"), _("调试正常")),
}
ALWAYS: Sequence[Word] = (_("查过没发现问题"), _("清理现场"), _("教业主用法"))
PARTS: Mapping[str, Sequence[Word]] = {
    "PW": (_("陶瓷阀芯"), _("不锈钢软管"), _("角阀"), _("生料带")),
    "IN": (_("陶瓷阀芯"), _("不锈钢软管"), _("角阀"), _("开关面板")),
    "PE": (_("LED灯"), _("开关面板"), _("空气开关"), _("电线（米）")),
    "EL": (_("按钮"), _("光幕"), _("轿厢灯")),
    "AC": (_("读头"), _("门磁"), _("闭门器")),
}
LATE: Sequence[Word] = (_("上一户没完"), _("在等配件"), _("路上堵车"), _("业主改时间"))
BACK: Sequence[Word] = (_("不是我这个工种"), _("要专业单位来"), _("没有工具或材料"), _("业主不让进"))


def done(leaf: str) -> list[Word]:
    """What may have been done for this kind."""
    return [*DONE.get(leaf[:2], ()), *ALWAYS]


def parts(leaf: str) -> list[Word]:
    """What is used for this kind."""
    return list(PARTS.get(leaf[:2], ()))
