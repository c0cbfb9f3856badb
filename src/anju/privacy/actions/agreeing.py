"""《保密协议》: signed on the screen, yearly, and anew when its text changes (R16.6, T904).

What a signature opens is one date at the account (`Staff.signed_until`), which every scope asks: without it there are
masks only, from the next request on and not from the next login.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts import actions as accounts
from anju.accounts.access import allowed
from anju.accounts.models import Membership, Staff
from anju.core import bulk, clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.journal import actions as journal
from anju.privacy import news
from anju.privacy.actions import telling
from anju.privacy.choices import AgreementKind
from anju.privacy.models import Agreement, AgreementText
from anju.privacy.queries import agreements as queries
from anju.timers import actions as timers

REMIND, ENDED = "privacy.agreement_due", "privacy.agreement_ended"
REMIND_BEFORE = timedelta(days=30)
MORNING = timedelta(hours=9)


@transaction.atomic
def sign(staff: Staff, *, version: int, signature: str, by: Scope, ip: str = "") -> Agreement:
    """He signs the text he has read, for a year. Raises Refused NOT_ALLOWED (403), NDA_VERSION (409), NDA_SIGNATURE."""
    if by.staff_id != staff.id:
        raise Refused("NOT_ALLOWED", _("保密协议只能由本人签署"), status=403)
    body = current()
    if version != body.version:
        raise Refused("NDA_VERSION", _("协议已有新版本，请重新阅读后签署"), status=409)
    if text.one_line(signature) != staff.name:
        message = _("请输入您的姓名：%(name)s") % {"name": staff.name}
        raise Refused("NDA_SIGNATURE", message, fields={"signature": message})
    return _sign([staff], body, AgreementKind.YEARLY, by, ip)[0]


def signed_on_entry(staff: Sequence[Staff]) -> None:
    """The fixture of the lab and the demo: everybody signed on the day the community was opened."""
    _sign(staff, current(), AgreementKind.YEARLY, SYSTEM)


def _sign(staff: Sequence[Staff], body: AgreementText, kind: AgreementKind, by: Scope, ip: str = "") -> list[Agreement]:
    now = clock.now()
    until = _in_a_year(clock.local(now).date())
    signed = queries.digest(body.body)
    rows = [
        Agreement(
            staff=one, text=body, kind=kind, signature=one.name, digest=signed, signed_at=now, valid_to=until, ip=ip
        )
        for one in staff
    ]
    bulk.insert(rows)
    if kind == AgreementKind.YEARLY:
        accounts.set_signed([one.id for one in staff], until)
        _remind([one.id for one in staff], until)
    for one in staff:
        one.signed_until = until if kind == AgreementKind.YEARLY else one.signed_until
        data = {"version": body.version, "kind": kind.value, "valid_to": until.isoformat()}
        journal.record(news.SIGNED, subject=("staff", one.id), community_id=None, by=by, data=data)
    return rows


def _in_a_year(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 2, 28)


def _remind(staff_ids: Sequence[int], until: date) -> None:
    """Thirty days before, or at once when it is sooner; and when the day is over."""
    early = max(_midnight(until) + MORNING - REMIND_BEFORE, clock.now())
    over = _midnight(until + timedelta(days=1))
    timers.put(
        timers.timer(kind, ("staff", one), at, None)
        for one in staff_ids
        for kind, at in ((REMIND, early), (ENDED, over))
    )


def _midnight(day: date) -> datetime:
    return clock.on(day, time())


def current() -> AgreementText:
    """The text in force; the first of all is written down when it is needed."""
    found = queries.text()
    if found is not None:
        return found
    AgreementText.objects.bulk_create(
        [
            AgreementText(
                version=1,
                body=queries.FIRST.read_text(encoding="utf-8").strip(),
                due_on=clock.today(),
                published_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )
    return AgreementText.objects.get(version=1)


@transaction.atomic
def publish(body: str, *, due_on: date, by: Scope) -> AgreementText:
    """A new version; everybody has until `due_on` to sign it. Raises Refused NOT_ALLOWED (403), NDA_EMPTY, DUE_PAST."""
    if not allowed(by, "privacy.supervise"):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    wording = text.clean(body)
    if len(wording) < 20:
        raise Refused("NDA_EMPTY", _("请写协议全文"), fields={"body": _("请写协议全文")})
    if due_on < clock.today():
        raise Refused("DUE_PAST", _("签署期限已过"), fields={"due_on": _("签署期限已过")})
    before = current()
    row = AgreementText.objects.create(
        version=before.version + 1,
        body=wording,
        due_on=due_on,
        published_at=clock.now(),
        published_by_id=by.staff_id,
    )
    journal.record(news.TEXT, subject=("agreement", row.id), community_id=None, by=by, data={"version": row.version})
    longer = list(Staff.objects.filter(is_active=True, signed_until__gt=due_on).values_list("id", flat=True))
    accounts.set_signed(longer, due_on)
    _remind(longer, due_on)
    return row


def remind(staff_ids: Sequence[int]) -> None:
    """T904: sign until then."""
    for one in Staff.objects.filter(id__in=staff_ids, is_active=True).exclude(signed_until=None).order_by("id"):
        post = Membership.objects.select_related("community").filter(staff=one).order_by("community_id").first()
        if post is not None and one.signed_until is not None:
            telling.staff(post.community, [one], "T904", ("agreement", one.id), due=one.signed_until)


def ended(staff_ids: Sequence[int]) -> None:
    """The day has passed without a new signature; he sees masks since midnight, and is told once more."""
    today = clock.today()
    for one in Staff.objects.filter(id__in=staff_ids, is_active=True, signed_until__lt=today).order_by("id"):
        journal.record(news.OVERDUE, subject=("staff", one.id), community_id=None, by=SYSTEM)
        post = Membership.objects.select_related("community").filter(staff=one).order_by("community_id").first()
        if post is not None:
            telling.staff(post.community, [one], "T904", ("agreement", one.id), due=today)


def signed_leaving(staff: Staff, *, by: Scope) -> Agreement:
    """The reminder of the last day: secrecy goes on after leaving."""
    return _sign([staff], current(), AgreementKind.LEAVING, by)[0]
