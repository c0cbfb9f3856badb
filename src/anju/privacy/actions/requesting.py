"""A resident asks for a right of his, the office answers within 15 days (个人信息保护法 §44–50, R16.7)."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts.access import allowed
from anju.core import clock, personal, phones, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Kind, Scope
from anju.estate import actions as estate
from anju.estate import queries as register
from anju.estate.models import Person
from anju.journal import actions as journal
from anju.notify import actions as notify
from anju.privacy import news, rules
from anju.privacy.actions import chain, telling
from anju.privacy.actions.chain import Origin, Seen
from anju.privacy.actions.numbering import number
from anju.privacy.choices import LineKind, RequestKind, RequestState
from anju.privacy.models import Request
from anju.privacy.queries import rights as queries
from anju.timers import actions as timers
from anju.vault import erasing

DUE = "privacy.request_due"
MAX_TEXT = 1000
CORRECTABLE = ("name", "phone")


@transaction.atomic
def ask(*, kind: str, text: str, by: Scope, field: str = "", value: str = "") -> Request:
    """He asks. `field` and `value` say what to correct to what.

    Raises Refused NOT_ALLOWED (403), REQUEST_KIND, REQUEST_TEXT, REQUEST_VALUE, REQUEST_OPEN (409).
    """
    person = Person.objects.select_for_update().filter(id=by.person_id or 0).first()
    if by.kind is not Kind.RESIDENT or person is None:
        raise Refused("NOT_ALLOWED", _("请先登录"), status=403)
    if kind not in RequestKind.values:
        raise Refused("REQUEST_KIND", _("没有这种申请"), fields={"kind": _("没有这种申请")})
    wording, corrected = _checked(kind, text, field, value)
    if Request.objects.filter(person=person, kind=kind, state=RequestState.OPEN).exists():
        raise Refused("REQUEST_OPEN", _("同样的申请正在办理，请等答复"), status=409)
    now = clock.now()
    row = Request(
        community_id=person.community_id,
        no=number(Request, person.community_id, "R"),
        person=person,
        kind=kind,
        field=field if corrected else "",
        asked_at=now,
        due_at=now + rules.ANSWER_WITHIN,
        holds=queries.holds(person.id) if kind == RequestKind.DELETE else [],
    )
    row.text, row.value = wording, corrected
    row.save(force_insert=True)
    timers.schedule(DUE, ("request", row.id), row.due_at + timedelta(seconds=1), row.community_id)
    journal.record(
        news.REQUESTED, subject=("request", row.id), community_id=row.community_id, by=by, data={"kind": kind}
    )
    community = telling.community_of(row.community_id)
    telling.staff(
        community, telling.holders(community, "COMP"), "T907", ("request", row.id), item=gettext_lazy("个人信息申请")
    )
    return row


def _checked(kind: str, words: str, field: str, value: str) -> tuple[str, str]:
    wording, corrected = text.clean(words)[:MAX_TEXT], text.one_line(value)
    if kind != RequestKind.CORRECT:
        return wording, ""
    if field not in CORRECTABLE:
        message = _("请选要更正的是姓名还是电话")
        raise Refused("REQUEST_VALUE", message, fields={"field": message})
    if field == "phone":
        found = phones.parse(corrected)
        corrected = found.number if found else ""
    if not corrected:
        message = _("请填写正确的内容")
        raise Refused("REQUEST_VALUE", message, fields={"value": message})
    return wording, corrected


@transaction.atomic
def answer(row: Request, *, agree: bool, words: str, by: Scope, origin: Origin) -> Request:
    """The office answers, and does it: corrects, or erases what nothing needs any more.

    A deletion that something must be kept for is RESTRICTED: nobody uses the data, and the reasons are told (§47).
    Raises Refused NOT_ALLOWED (403), STATE_CONFLICT (409), ANSWER_REQUIRED.
    """
    if not allowed(by, "privacy.requests", row.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    held = Request.objects.select_for_update(of=("self",)).select_related("person", "community").get(id=row.id)
    if held.state != RequestState.OPEN:
        raise Refused("STATE_CONFLICT", _("已经有人处理过"), status=409)
    wording = text.clean(words)[:MAX_TEXT]
    if not agree and not wording:
        raise Refused("ANSWER_REQUIRED", _("不同意要写明理由"), fields={"words": _("不同意要写明理由")})
    held.answered_by_id, held.answered_at, held.answer = by.staff_id, clock.now(), wording
    held.state = _do(held, by) if agree else RequestState.REFUSED
    held.save()
    seen = Seen(LineKind.REQUEST, held.id, held.field or "name", person_id=held.person_id, text=wording)
    chain.add([seen], community_id=held.community_id, by=by, origin=origin)
    timers.cancel(DUE, "request", [held.id])
    journal.record(
        news.ANSWERED, subject=("request", held.id), community_id=held.community_id, by=by, data={"state": held.state}
    )
    telling.residents(held.community, [held.person], "T908", ("request", held.id), no=held.no)
    if held.state == RequestState.DONE and held.kind == RequestKind.DELETE:
        erase([held.person_id], by=by)
    return held


def _do(row: Request, by: Scope) -> RequestState:
    """What was agreed to."""
    if row.kind == RequestKind.CORRECT:
        _correct(row)
    if row.kind == RequestKind.DELETE:
        row.holds = queries.holds(row.person_id)
        if row.holds:
            return RequestState.RESTRICTED
    return RequestState.DONE


def _correct(row: Request) -> None:
    if row.field == "name":
        estate.rename(row.person, row.value)
        return
    old = estate.new_phone(row.person, row.value)
    if old:
        to = notify.Recipient("phone", None, old)
        notify.tell("T902", to=to, vars={}, about=("request", row.id), office=telling.office(row.community))


def erase(person_ids: Sequence[int], *, by: Scope) -> int:
    """Make people nameless in every room (R16.5, R16.9)."""
    for person_id in person_ids:
        community_id = Person.objects.values_list("community_id", flat=True).get(id=person_id)
        for one in personal.everything():
            one.erase(person_id)
        erasing.note(person_id)
        journal.record(news.ERASED, subject=("person", person_id), community_id=community_id, by=by)
    return len(person_ids)


def overdue(ids: Sequence[int]) -> None:
    """Fifteen days are over without an answer."""
    for row in Request.objects.select_related("community").filter(id__in=ids, state=RequestState.OPEN).order_by("id"):
        row.late = True
        row.save(update_fields=["late"])
        journal.record(news.LATE, subject=("request", row.id), community_id=row.community_id, by=SYSTEM)
        chiefs = telling.holders(row.community, "COMP", "PM")
        telling.staff(row.community, chiefs, "T907", ("request_late", row.id), item=gettext_lazy("申请超期未答"))


@transaction.atomic
def consent(purpose: str, *, given: bool, by: Scope) -> None:
    """Yes or no to a purpose, by the person himself, at once. Raises Refused NOT_ALLOWED (403), PURPOSE_UNKNOWN (404)."""
    person = register.person(by)
    if person is None:
        raise Refused("NOT_ALLOWED", _("请先登录"), status=403)
    estate.consent(person, purpose, given=given)
    verb = news.CONSENTED if given else news.WITHDRAWN
    journal.record(
        verb, subject=("person", person.id), community_id=person.community_id, by=by, data={"purpose": purpose}
    )


def taken(by: Scope) -> None:
    """He took a copy away; that it left is on record."""
    person = register.person(by)
    if person is not None:
        journal.record(news.COPIED, subject=("person", person.id), community_id=person.community_id, by=by)
