"""Lists that leave the house (R16.4): for a purpose, with the fewest columns, encrypted, marked, for seven days.

Up to the limit the request itself is enough; beyond it two others must approve, and unmasked values need compliance.
The file and its password go two different ways: the file by the page behind the login, the password by SMS.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.models import Staff
from anju.accounts.queries import scope_of_staff
from anju.core import clock, sheets, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.privacy import news, rules
from anju.privacy.actions import chain, telling
from anju.privacy.actions.chain import Origin, Seen
from anju.privacy.actions.numbering import number
from anju.privacy.actions.revealing import signed
from anju.privacy.choices import ExportKind, ExportState, LineKind
from anju.privacy.models import Export
from anju.privacy.queries import exports as queries
from anju.timers import actions as timers

EXPIRE = "privacy.export_expires"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
READY = (ExportState.GENERATED, ExportState.DOWNLOADED)


@transaction.atomic
def request(
    community: Community,
    *,
    kind: str,
    fields: Sequence[str],
    purpose: str,
    by: Scope,
    origin: Origin,
    building: str = "",
    filters: Mapping[str, str] = MappingProxyType({}),
    full: bool = False,
) -> Export:
    """Ask for a list; made at once when nobody else has to agree.

    Raises Refused NDA_UNSIGNED (403), NOT_ALLOWED (403), EXPORT_PURPOSE_REQUIRED, EXPORT_FIELDS, EXPORT_EMPTY,
    EXPORT_NO_PHONE.
    """
    signed(by)
    if not allowed(by, "privacy.export", community.id):
        raise Refused("NOT_ALLOWED", _("只有财务、项目经理和合规可以导出"), status=403)
    chosen, wording = _checked(kind, fields, purpose)
    rows = queries.count(kind, community, building, filters, by)
    if not rows:
        raise Refused("EXPORT_EMPTY", _("没有可导出的内容"))
    if not Staff.objects.get(id=by.staff_id or 0).phone:
        raise Refused("EXPORT_NO_PHONE", _("您的账号没有登记手机号，收不到口令"))
    row = Export(
        community=community,
        no=number(Export, community.id, "E"),
        requester_id=by.staff_id or 0,
        kind=kind,
        fields=chosen,
        building=building,
        filters=dict(filters),
        full=full,
        rows=rows,
        asked_at=clock.now(),
    )
    row.purpose = wording
    row.save(force_insert=True)
    data = {"kind": kind, "rows": rows, "fields": chosen, "full": full}
    journal.record(
        news.EXPORT_ASKED, subject=("export", row.id), community_id=community.id, by=by, data=data, note=wording
    )
    if not missing(row):
        _generate(row, origin)
    return row


def _checked(kind: str, fields: Sequence[str], purpose: str) -> tuple[list[str], str]:
    wording = text.clean(purpose)
    if len(wording) < 4:
        message = _("请写清导出做什么用")
        raise Refused("EXPORT_PURPOSE_REQUIRED", message, fields={"purpose": message})
    if kind not in ExportKind.values:
        raise Refused("EXPORT_KIND", _("没有这种清单"), fields={"kind": _("没有这种清单")})
    known = queries.FIELDS[ExportKind(kind)]
    if not fields or set(fields) - set(known):
        message = _("请只选要用的列")
        raise Refused("EXPORT_FIELDS", message, fields={"fields": message})
    return [name for name in known if name in fields], wording


def missing(row: Export) -> list[str]:
    """Who has still to agree: TWO others beyond the limit (ONE when one has), COMP for unmasked values."""
    given = len(row.approvals)
    compliant = any(one["comp"] for one in row.approvals)
    wanted = []
    if row.rows > int(setting(row.community.config, "privacy.export_rows")) and given < 2:
        wanted.append("TWO" if given == 0 else "ONE")
    if row.full and not compliant:
        wanted.append("COMP")
    return wanted


@transaction.atomic
def approve(row: Export, *, by: Scope, origin: Origin) -> Export:
    """Another who may export agrees, each once; when nobody is missing the file is made.

    Raises Refused NDA_UNSIGNED (403), NOT_ALLOWED (403), STATE_CONFLICT (409), APPROVED_ALREADY (409).
    """
    signed(by)
    held = _deciding(row, by)
    if any(one["staff"] == by.staff_id for one in held.approvals):
        raise Refused("APPROVED_ALREADY", _("您已经批准过，还要另一个人"), status=409)
    held.approvals = [
        *held.approvals,
        {"staff": by.staff_id, "comp": by.has(held.community_id, "COMP"), "at": clock.iso(clock.now())},
    ]
    held.save(update_fields=["approvals"])
    journal.record(news.EXPORT_APPROVED, subject=("export", held.id), community_id=held.community_id, by=by)
    if not missing(held):
        _generate(held, origin)
    return held


@transaction.atomic
def reject(row: Export, *, by: Scope) -> Export:
    """Another who may export does not agree."""
    held = _deciding(row, by)
    held.state = ExportState.REJECTED
    held.save(update_fields=["state"])
    journal.record(news.EXPORT_REJECTED, subject=("export", held.id), community_id=held.community_id, by=by)
    return held


def _deciding(row: Export, by: Scope) -> Export:
    if not allowed(by, "privacy.export", row.community_id) or by.staff_id == row.requester_id:
        raise Refused("NOT_ALLOWED", _("自己的申请要由别人批准"), status=403)
    held = Export.objects.select_for_update(of=("self",)).select_related("community", "requester").get(id=row.id)
    if held.state != ExportState.REQUESTED:
        raise Refused("STATE_CONFLICT", _("已经有人处理过"), status=409)
    return held


def _generate(row: Export, origin: Origin) -> None:
    """Write the file and a line for everybody in it; tell the requester, and the password another way."""
    scope, now = scope_of_staff(row.requester), clock.now()
    found = list(queries.lines(row, scope))
    known = queries.FIELDS[ExportKind(row.kind)]
    mark = _("%(name)s %(at)s 导出 %(no)s，用途：%(purpose)s，请勿转发") % {
        "name": row.requester.name,
        "at": f"{clock.local(now):%Y-%m-%d %H:%M}",
        "no": row.no,
        "purpose": row.purpose,
    }
    table = [[str(known[name]) for name in row.fields], *(line.cells for line in found)]
    password = "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _g in range(4))
    content = sheets.locked(sheets.book(str(ExportKind(row.kind).label), table, mark=mark), password)
    row.content = base64.b64encode(content).decode()
    row.digest = hashlib.sha256(content).hexdigest()
    row.rows, row.state, row.expires_at = len(found), ExportState.GENERATED, now + rules.LINK_LIFE
    row.save()
    _write_down(row, found, scope, origin)
    timers.schedule(EXPIRE, ("export", row.id), row.expires_at, row.community_id)
    about = ("export", row.id)
    day = clock.local(row.expires_at).date()
    telling.staff(row.community, [row.requester], "T905", about, no=row.no, due=day)
    telling.staff(row.community, [row.requester], "T906", about, key=password)


def _write_down(row: Export, found: Sequence[queries.Line], scope: Scope, origin: Origin) -> None:
    personal = ",".join(name for name in row.fields if name in queries.PERSONAL)
    people = {one.person_id: one.room_id for one in found if one.person_id}
    seen = [
        Seen(LineKind.EXPORT, row.id, personal, person_id=person, room_id=room, text=row.purpose)
        for person, room in people.items()
    ]
    if personal:
        chain.add(seen, community_id=row.community_id, by=scope, origin=origin)
    data = {"rows": row.rows, "people": len(people)}
    journal.record(news.EXPORTED, subject=("export", row.id), community_id=row.community_id, by=scope, data=data)


@transaction.atomic
def download(row: Export, *, by: Scope) -> bytes:
    """The encrypted file, for its requester alone and for seven days.

    Raises Refused NDA_UNSIGNED (403), NOT_ALLOWED (403), EXPORT_NOT_APPROVED (403), EXPORT_EXPIRED (410).
    """
    signed(by)
    if by.staff_id != row.requester_id:
        raise Refused("NOT_ALLOWED", _("只有申请人可以下载"), status=403)
    held = Export.objects.select_for_update().get(id=row.id)
    if held.state == ExportState.EXPIRED or (held.expires_at and clock.now() > held.expires_at):
        raise Refused("EXPORT_EXPIRED", _("文件已过期删除，需要时请重新申请"), status=410)
    if held.state not in READY:
        raise Refused("EXPORT_NOT_APPROVED", _("还没有批准，不能下载"), status=403)
    held.state, held.downloads = ExportState.DOWNLOADED, held.downloads + 1
    held.save(update_fields=["state", "downloads"])
    journal.record(news.DOWNLOADED, subject=("export", held.id), community_id=held.community_id, by=by)
    return base64.b64decode(held.content)


def expire(ids: Sequence[int]) -> None:
    """Seven days are over: the file is gone, what was done with it stays."""
    Export.objects.filter(id__in=ids, state__in=READY).update(state=ExportState.EXPIRED, content="")
