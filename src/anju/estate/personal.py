"""What the land register keeps of people."""

from collections.abc import Mapping, Sequence
from typing import Any

from anju.core import clock
from anju.core.personal import CONSENT, CONTRACT, Declaration, Item, declare
from anju.estate import actions, queries
from anju.estate.models import Person

KEPT = "关系存续期间加3年"


def copy(person_id: int) -> Mapping[str, Any]:
    """Name, phones, rooms, consents."""
    row = Person.objects.prefetch_related("contacts", "occupancies__room", "consents").get(id=person_id)
    return {
        "姓名": row.name,
        "电话": [one.phone for one in row.contacts.all()],
        "微信": row.openid,
        "房屋": [
            {
                "房号": one.room.full_code,
                "身份": str(one.get_role_display()),
                "从": str(one.from_on or ""),
                "到": str(one.to_on or ""),
            }
            for one in row.occupancies.all()
        ],
        "同意": [
            {
                "事项": str(one.get_purpose_display()),
                "同意于": clock.iso(one.given_at),
                "撤回于": clock.iso(one.withdrawn_at) if one.withdrawn_at else None,
                "文本版本": one.text_version,
            }
            for one in row.consents.all()
        ],
    }


def holds(person_id: int) -> Sequence[str]:
    """While somebody owns or lives in a room the contract needs him."""
    return [f"仍是{room.stairway}房屋的业主或住户，履行物业服务合同需要" for room in queries.rooms_of(person_id)][:1]


declare(
    Declaration(
        "estate",
        (
            Item("姓名", ("estate.Person.name",), "知道为谁服务、向谁收费", CONTRACT, KEPT),
            Item("电话", ("estate.Contact.phone",), "联系、通知、登录", CONTRACT, KEPT),
            Item("微信号", ("estate.Person.openid",), "发送服务通知", CONSENT, KEPT),
            Item("房屋关系和份额", ("estate.Occupancy.share_n",), "认定业主权利、投票、收费", CONTRACT, KEPT),
            Item(
                "上传的花名册文件",
                ("estate.Import.content", "estate.Import.name"),
                "导入住户名册",
                CONTRACT,
                "写入后即删，最长24小时",
            ),
            Item("同意记录", ("estate.Consent.purpose",), "证明同意和撤回", CONSENT, "撤回后3年"),
        ),
        copy=copy,
        holds=holds,
        erase=actions.erase,
    )
)
