"""What `anju demo` prints at the end: where to go and whom to be."""

from django.conf import settings

from anju.accounts import queries as accounts
from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.estate.labels import signed
from anju.estate.models import Community
from anju.lab.garden import OWNERS, PASSWORD

ROLES = (
    ("李敏", "客服专员：电话、队列、派单"),
    ("赵静", "客服主管：红灯、升级、回访"),
    ("陈师傅", "工程师傅：手机上接单、到场、完成"),
    ("吴刚", "工程主管：审批挂起、督办"),
    ("周强", "项目经理：看板、裁定"),
)
TRIED = "3栋1单元大堂"


def text(community: Community) -> str:
    """A small table."""
    base = settings.ANJU_BASE_URL.rstrip("/")
    label = next((one for one in estate.labels(SYSTEM, community.id) if one.place and one.place.name == TRIED), None)
    everybody = "、".join(row.staff.name for row in accounts.staff_in(SYSTEM, community.id).order_by("staff_id"))
    lines = [
        f"演示小区 {community.name}",
        f"  客服台　{base}/desk/",
        f"  师傅端　{base}/field/",
        f"  业主　　{base}/me/",
        *([f"  扫码报事 {base}/r/{signed(label.code)}/　（{TRIED}）"] if label else []),
        f"员工用姓名登录，密码都是 {PASSWORD}",
        *(f"  {name}　{job}" for name, job in ROLES),
        f"  其他　{everybody}",
        "业主用手机号登录，短信验证码在客服台的“消息模拟器”里看",
        *(f"  {phone}　{name} {room}" for name, phone, room, _role, _wechat in OWNERS),
    ]
    return "\n".join(lines) + "\n"
