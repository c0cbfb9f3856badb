"""The actions of domain file 04 by their English names: `POST /tickets/{no}/{action}`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from anju.accounts import queries as accounts
from anju.accounts.models import Staff
from anju.api import answers, bodies, sending
from anju.api.bodies import StepIn
from anju.api.calling import Call, answer, needs
from anju.api.schemas import FAULTS, Number, TicketOut
from anju.core import clock
from anju.core.errors import Refused
from anju.tickets import access, queries
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from anju.tickets.rules.offline import PhoneTime, doubt

router = Router()
Act = Callable[[Call, Ticket, Any, dict[str, Any]], object]


def _staff(call: Call, ticket: Ticket, login: str | None) -> Staff | None:
    if not login:
        return None
    found = accounts.by_login(call.auth, ticket.community_id, login)
    if found is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), fields={"to": _("本小区没有这个人")})
    return found


def _photos(call: Call, ticket: Ticket, photos: list[Any]) -> list[Any]:
    return sending.keep_all(photos, community_id=ticket.community_id, by=call.auth)


def _start(call: Call, ticket: Ticket, body: bodies.StartIn, more: dict[str, Any]) -> object:
    proof = body.proof
    photo = _photos(call, ticket, [proof.photo])[0] if proof and proof.photo else None
    given = proof.model_dump(include={"qr", "code", "geo"}, exclude_none=True) if proof else {}
    return tickets.start(ticket, by=call.auth, proof=given, photo=photo, **more)


def _named(call: Call, ticket: Ticket, login: str) -> Staff:
    to = _staff(call, ticket, login)
    if to is None:
        raise Refused("STAFF_UNKNOWN", _("请写是谁"), fields={"to": _("请写是谁")})
    return to


def _transfer(call: Call, ticket: Ticket, body: bodies.TransferIn, more: dict[str, Any]) -> object:
    return tickets.transfer(ticket, by=call.auth, to=_named(call, ticket, body.to), **more)


def _finish(call: Call, ticket: Ticket, body: bodies.FinishIn, more: dict[str, Any]) -> object:
    photos = _photos(call, ticket, body.photos)
    return tickets.finish(ticket, by=call.auth, result=body.result, photos=photos, parts=body.parts, **more)


def _return(call: Call, ticket: Ticket, body: bodies.ReturnIn, more: dict[str, Any]) -> object:
    return tickets.give_back(
        ticket, by=call.auth, reason=body.reason, photos=_photos(call, ticket, body.photos), **more
    )


def _merge(call: Call, ticket: Ticket, body: bodies.MergeIn, more: dict[str, Any]) -> object:
    master = queries.by_no(call.auth, body.master, community=ticket.community_id)
    return tickets.merge(ticket, by=call.auth, master=master, **more)


def _first_contact(call: Call, ticket: Ticket, body: bodies.FirstContactIn, more: dict[str, Any]) -> object:
    return tickets.first_contact(ticket, by=call.auth, to=_named(call, ticket, body.to), reason=body.reason, **more)


LEVELS = {"L1": 1, "SUP": 1, "1": 1, "L2": 2, "PM": 2, "2": 2, "L3": 3, "QLT": 3, "3": 3}


def _escalate(call: Call, ticket: Ticket, body: bodies.EscalateIn, more: dict[str, Any]) -> object:
    level = body.to_level if isinstance(body.to_level, int) else LEVELS.get(body.to_level.upper(), 0)
    return tickets.escalate(ticket, by=call.auth, reason=body.reason, to_level=level, summary=body.summary, **more)


def _plan(call: Call, ticket: Ticket, body: bodies.PlanIn, more: dict[str, Any]) -> object:
    due = body.plan_due_at or body.due
    if due is None:
        raise Refused("FIELD_REQUIRED", _("请填写完成时间"), fields={"plan_due_at": _("必填")})
    return tickets.plan(ticket, by=call.auth, plan_due_at=due, reason=body.reason, **more)


def _quote(call: Call, ticket: Ticket, body: bodies.QuoteIn, more: dict[str, Any]) -> object:
    return tickets.quote(ticket, by=call.auth, lines=[line.model_dump() for line in body.lines], **more)


STEPS: Mapping[str, tuple[type[StepIn], Act, str]] = {
    "accept": (bodies.AcceptIn, lambda c, t, b, m: tickets.accept(t, by=c.auth, leaf=b.leaf or "", **m), "受理"),
    "classify": (bodies.ClassifyIn, lambda c, t, b, m: tickets.classify(t, by=c.auth, leaf=b.leaf, **m), "改类别"),
    "dispatch": (
        bodies.ToIn,
        lambda c, t, b, m: tickets.dispatch(t, by=c.auth, to=_staff(c, t, b.to), **m),
        "派单；不写 to 由规则选",
    ),
    "take": (bodies.TakeIn, lambda c, t, b, m: tickets.take(t, by=c.auth, eta=b.eta, **m), "接单；eta 为时刻或分钟"),
    "decline": (bodies.ReasonIn, lambda c, t, b, m: tickets.decline(t, by=c.auth, reason=b.reason, **m), "拒单"),
    "start": (bodies.StartIn, _start, "到场；proof 为 qr、code（业主的4位到场码）、geo 或 photo"),
    "return": (bodies.ReturnIn, _return, "退回"),
    "transfer": (bodies.TransferIn, _transfer, "转派"),
    "suspend": (
        bodies.SuspendIn,
        lambda c, t, b, m: tickets.suspend(t, by=c.auth, reason=b.reason, resume_at=b.resume_at, **m),
        "挂起；主管不带内容即批准",
    ),
    "resume": (StepIn, lambda c, t, b, m: tickets.resume(t, by=c.auth, **m), "恢复"),
    "delay": (
        bodies.DelayIn,
        lambda c, t, b, m: tickets.delay(t, by=c.auth, eta=b.eta, reason=b.reason, **m),
        "晚点到",
    ),
    "finish": (bodies.FinishIn, _finish, "完成"),
    "confirm": (
        bodies.ConfirmIn,
        lambda c, t, b, m: tickets.confirm(t, by=c.auth, call_id=b.call_id, **m),
        "验收通过",
    ),
    "reject": (bodies.ReasonIn, lambda c, t, b, m: tickets.reject(t, by=c.auth, reason=b.reason, **m), "验收不通过"),
    "close": (StepIn, lambda c, t, b, m: tickets.close(t, by=c.auth, **m), "关闭"),
    "reopen": (bodies.ReasonIn, lambda c, t, b, m: tickets.reopen(t, by=c.auth, reason=b.reason, **m), "重开"),
    "cancel": (bodies.ReasonIn, lambda c, t, b, m: tickets.cancel(t, by=c.auth, reason=b.reason, **m), "撤销"),
    "urge": (bodies.UrgeIn, lambda c, t, b, m: tickets.urge(t, by=c.auth, **m), "催办"),
    "escalate": (bodies.EscalateIn, _escalate, "升级"),
    "plan": (bodies.PlanIn, _plan, "提交方案"),
    "merge": (bodies.MergeIn, _merge, "合并"),
    "split": (StepIn, lambda c, t, b, m: tickets.split(t, by=c.auth, **m), "拆开"),
    "answer": (bodies.AnswerIn, lambda c, t, b, m: tickets.answer(t, by=c.auth, answer_text=b.text, **m), "即时答复"),
    "note": (
        bodies.NoteIn,
        lambda c, t, b, m: tickets.note(t, by=c.auth, note_text=b.text, visible=b.visible, **m),
        "备注、补充",
    ),
    "reply": (
        bodies.AnswerIn,
        lambda c, t, b, m: tickets.reply(t, by=c.auth, reply_text=b.text, **m),
        "回复业主：写在进度页上，并通知他",
    ),
    "contact": (
        bodies.AnswerIn,
        lambda c, t, b, m: tickets.contact(t, by=c.auth, contact_text=b.text, **m),
        "联系师傅：留言给处理人",
    ),
    "quote": (bodies.QuoteIn, _quote, "报价"),
    "confirm_quote": (StepIn, lambda c, t, b, m: tickets.confirm_quote(t, by=c.auth, **m), "同意报价"),
    "refuse_quote": (StepIn, lambda c, t, b, m: tickets.refuse_quote(t, by=c.auth, **m), "不同意报价"),
    "offer": (
        bodies.OfferIn,
        lambda c, t, b, m: tickets.offer(t, by=c.auth, dept=b.dept, reason=b.reason, leaf=b.leaf or "", **m),
        "转接",
    ),
    "receive": (StepIn, lambda c, t, b, m: tickets.receive(t, by=c.auth, **m), "接收转接"),
    "refuse": (
        bodies.RefuseIn,
        lambda c, t, b, m: tickets.refuse(t, by=c.auth, reason=b.reason, evidence=b.evidence, **m),
        "退回转接",
    ),
    "rule": (
        bodies.RuleIn,
        lambda c, t, b, m: tickets.rule(
            t, by=c.auth, lead=b.lead, co=b.co, subtasks=b.subtasks, ruling_text=b.text, **m
        ),
        "裁定",
    ),
    "tick": (bodies.TickIn, lambda c, t, b, m: tickets.tick(t, by=c.auth, task=b.task, done=b.done, **m), "部门任务"),
    "refer": (bodies.ReferIn, lambda c, t, b, m: tickets.refer(t, by=c.auth, org=b.org, **m), "转报外部单位"),
    "first_contact": (bodies.FirstContactIn, _first_contact, "补记首问"),
    "confirm_late": (
        bodies.LateIn,
        lambda c, t, b, m: tickets.confirm_late(t, by=c.auth, call_id=b.call_id, **m),
        "补录核实",
    ),
}


def _register(name: str, schema: type[StepIn], act: Act, summary: str) -> None:
    @needs(access.permission_of(name))
    def step(request: Call, no: Number, body: Any = None) -> HttpResponse:
        return answer(answers.whole(request.auth, done(request, no, name, body or schema())))

    step.__name__ = name
    step.__annotations__["body"] = schema | None if _all_optional(schema) else schema
    if not _all_optional(schema):
        step.__defaults__ = None
    router.post(f"/{{no}}/{name}", response={200: TicketOut, **FAULTS}, summary=summary, operation_id=name)(step)


def done(request: Call, no: str, name: str, body: StepIn) -> Ticket:
    """The ticket after this action, done once."""
    more = {"version": sending.version(request, body.version), "phone_time": _phone_time(body)}

    def do() -> Ticket:
        ticket = queries.by_no(request.auth, no, doing=name)
        STEPS[name][1](request, ticket, body, more)
        return ticket

    made = sending.once(request, body.model_dump(mode="json"), do, queries.again)
    return queries.again(made.id)


def _all_optional(schema: type[StepIn]) -> bool:
    """True when the action may be called without a body."""
    return not any(field.is_required() for field in schema.model_fields.values())


def _phone_time(body: StepIn) -> PhoneTime | None:
    """The phone's own time of an action recorded offline, and whether it is believed."""
    if body.client_at is None:
        return None
    return PhoneTime(body.client_at, doubt(body.client_at, body.client_now, clock.now()))


for _name, (_schema, _act, _summary) in STEPS.items():
    _register(_name, _schema, _act, _summary)
