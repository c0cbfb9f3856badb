"""States and kinds of the land register."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Usage(TextChoices):
    """What a room is for."""

    HOME = "HOME", _("住宅")
    SHOP = "SHOP", _("商铺")
    OFFICE = "OFFICE", _("办公")
    PARKING = "PARKING", _("车位")
    STORAGE = "STORAGE", _("储藏")


class Relation(TextChoices):
    """How a person belongs to a room."""

    OWNER = "OWNER", _("产权人")
    COOWNER = "COOWNER", _("共有人")
    FAMILY = "FAMILY", _("家庭成员")
    TENANT = "TENANT", _("租户")
    AGENT = "AGENT", _("代理人")


class Purpose(TextChoices):
    """What only consent allows (个人信息保护法 §13, §23, §29)."""

    MARKETING = "MARKETING", _("营销和优惠消息")
    CARE = "CARE", _("照顾标签")
    FACE = "FACE", _("人脸识别")
    SHARING = "SHARING", _("提供给第三方")
    RECORDING = "RECORDING", _("通话录音")


class PersonKind(TextChoices):
    """A human or an organisation."""

    HUMAN = "HUMAN", _("自然人")
    COMPANY = "COMPANY", _("单位")


class ContactState(TextChoices):
    """Whether a phone still reaches its person."""

    VALID = "VALID", _("有效")
    UNREACHABLE = "UNREACHABLE", _("联系不上")
    RECYCLED = "RECYCLED", _("号码已换人")


class PlaceKind(TextChoices):
    """Kinds of public places (Appendix D)."""

    BUILDING = "楼栋", _("楼栋")
    UNIT = "单元", _("单元")
    FLOOR = "楼层", _("楼层")
    LOBBY = "大堂", _("大堂")
    GARAGE = "地库", _("地库")
    ROAD = "道路", _("道路")
    GREEN = "绿地", _("绿地")
    PLANT = "设备房", _("设备房")
    GATE = "出入口", _("出入口")
    OTHER = "其他", _("其他")


class AssetKind(TextChoices):
    """Kinds of assets (Appendix D)."""

    LIFT = "电梯", _("电梯")
    PUMP = "水泵", _("水泵")
    POWER = "配电", _("配电")
    FIRE = "消防主机", _("消防主机")
    BARRIER = "道闸", _("道闸")
    DOOR = "门禁", _("门禁")
    CAMERA = "监控", _("监控")
    LAMP = "路灯", _("路灯")
    CHARGER = "充电桩", _("充电桩")
    FITNESS = "健身器材", _("健身器材")
    OTHER = "其他", _("其他")


class LabelState(TextChoices):
    """Whether a printed code may be used."""

    ACTIVE = "ACTIVE", _("启用")
    VOID = "VOID", _("停用")
    LOST = "LOST", _("遗失")


class ImportState(TextChoices):
    """How far a roster has come."""

    DRAFT = "DRAFT", _("未写入")
    DONE = "DONE", _("已写入")
    UNDONE = "UNDONE", _("已撤回")
    DROPPED = "DROPPED", _("已放弃")
