"""Roles and departments (0.3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody may do in a community."""

    CS = "CS", _("客服专员")
    CSS = "CSS", _("客服主管")
    WK = "WK", _("现场人员")
    SUP = "SUP", _("部门主管")
    DM = "DM", _("值班经理")
    PM = "PM", _("项目经理")
    FIN = "FIN", _("财务")
    QLT = "QLT", _("品质专员")
    COMP = "COMP", _("合规专员")
    HR = "HR", _("人事")
    OUT = "OUT", _("外包坐席")
    VEND = "VEND", _("维保单位")
    OC = "OC", _("业委会")
    ADM = "ADM", _("系统管理员")


class Dept(TextChoices):
    """Departments that lead or help with a ticket."""

    CS = "CS", _("客服部")
    ENG = "ENG", _("工程部")
    SEC = "SEC", _("秩序部")
    CLN = "CLN", _("环境部")
    GRN = "GRN", _("绿化部")
    FIN = "FIN", _("财务部")
    QLT = "QLT", _("品质部")
    COMP = "COMP", _("合规部")
    HR = "HR", _("人事部")
    PM = "PM", _("项目部")
    EXT = "EXT", _("外部单位")


class CertKind(TextChoices):
    """Legal certificates that dispatch asks for."""

    ELECTRICIAN = "低压电工", _("低压电工证")
    LIFT = "电梯安全员", _("电梯安全员证")
    FIRE = "消防设施操作员", _("消防设施操作员证")
    GUARD = "保安员", _("保安员证")
