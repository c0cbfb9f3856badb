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


class Ended(TextChoices):
    """How a login of staff came to its end."""

    OUT = "OUT", _("自己登出")
    REVOKED = "REVOKED", _("被结束")
    PASSWORD = "PASSWORD", _("改了密码")
    RESET = "RESET", _("两步登录重置")
    LEFT = "LEFT", _("离岗")


class Reach(TextChoices):
    """What an API token may be kept to: a part of the API, to read or to read and write."""

    TICKETS_READ = "tickets:read", _("工单：只读")
    TICKETS = "tickets:write", _("工单：读写")
    DUTY_READ = "duty:read", _("值班：只读")
    DUTY = "duty:write", _("值班：读写")
    ESTATE_READ = "estate:read", _("房屋：只读")
    ESTATE = "estate:write", _("房屋：读写")
    FEEDBACK_READ = "feedback:read", _("回访：只读")
    FEEDBACK = "feedback:write", _("回访：读写")


ADMINISTERED = {
    "accounts.staff_created": _("新建账号"),
    "accounts.joined": _("安排到小区"),
    "accounts.roles_changed": _("改岗位"),
    "accounts.left": _("办理离岗"),
    "accounts.password_set": _("改密码（命令行）"),
    "accounts.password_changed": _("本人改密码"),
    "accounts.password_reset": _("重置密码"),
    "accounts.second_step_set": _("设好两步登录"),
    "accounts.second_step_off": _("关掉两步登录"),
    "accounts.second_step_reset": _("重置两步登录"),
    "accounts.recovery_used": _("用了恢复码"),
    "accounts.session_revoked": _("结束一处登录"),
    "accounts.sessions_revoked": _("结束全部登录"),
    "accounts.token_made": _("开接口令牌"),
    "accounts.token_revoked": _("停用接口令牌"),
    "estate.configured": _("改设置"),
}
"""What the record of administration shows: verbs of the journal and their words."""
