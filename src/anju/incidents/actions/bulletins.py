"""Bulletins: by template every ten minutes, free words only with the commander's approval (R3.3–R3.6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.incidents import access, news
from anju.incidents.actions import calling, linking, stepping, story, telling
from anju.incidents.actions.handling import held
from anju.incidents.choices import Audience, Role, State
from anju.incidents.models import Bulletin, Incident, Slot
from anju.incidents.rules import grid
from anju.vault import masks

NO_NEWS = "无新进展"
AT_WORK = "人员已到场处置"
UNKNOWN = "正在确认"
MOST = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said: the blanks of the template, or free words (`free`)."""

    audience: str = ""
    progress: str = ""
    cause: str = ""
    missing: str = ""
    eta: datetime | None = None
    free: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.progress or self.free or self.eta or self.cause)


def post(
    incident: Incident, *, by: Scope, words: Words, no_news: bool = False, interval: int | None = None
) -> Incident:
    """发布通报. Raises Refused TEXT_REQUIRED, ETA_PAST, BULLETIN_UNAPPROVED (409, it is kept for the commander),
    INTERVAL_TOO_SOON (409), INTERVAL_INVALID."""
    refused = None
    with held(incident, by=by) as row:
        story.must_run(row)
        said = _cleaned(row, words, no_news=no_news)
        if interval is not None:
            _lengthen(row, interval, by)
        calling.acts(row, by, Role.CS)
        if _needs_approval(row, said) and not access.may_command(by, row):
            draft = _draft(row, said, by)
            refused = Refused(
                "BULLETIN_UNAPPROVED",
                _("自拟文字给住户看要总指挥批准，已送总指挥"),
                status=409,
                data={"bulletin": str(draft.id)},
                stands=True,
            )
        else:
            _publish(row, _draft(row, said, by), said, by)
    if refused is not None:
        raise refused
    return incident


def approve(incident: Incident, *, bulletin_id: int, by: Scope) -> Incident:
    """The commander lets free words out."""
    with held(incident, by=by) as row:
        story.must_run(row)
        story.only_commander(row, by)
        draft = row.bulletins.filter(id=bulletin_id, posted_at=None).first()
        if draft is None:
            raise Refused("BULLETIN_UNKNOWN", _("没有这条待批准的通报"), status=404)
        said = Words(draft.audience, draft.progress, eta=draft.eta_at, free=draft.text)
        _publish(row, draft, said, by)
    return incident


def publish_eta(incident: Incident, *, by: Scope, cause: str, missing: str, eta: datetime) -> Incident:
    """R3.5: the commander publishes the cause, what is missing and a new time; residents get T304."""
    with held(incident, by=by) as row:
        story.must_run(row)
        story.only_commander(row, by)
        said = _cleaned(row, Words(Audience.RESIDENTS, "", cause, missing, eta), no_news=False)
        if not (said.cause and said.missing):
            message = _("请写明原因和还缺什么")
            raise Refused("REASON_REQUIRED", message, fields={"cause": message})
        calling.acts(row, by, Role.CMD)
        row.eta_asked_at = row.eta_asked_at or clock.now()
        row.missing = said.missing
        _publish(row, _draft(row, said, by), said, by)
    return incident


def _cleaned(row: Incident, words: Words, *, no_news: bool) -> Words:
    if words.eta is not None and words.eta <= clock.now():
        raise Refused("ETA_PAST", _("预计时间要晚于现在"), fields={"eta": _("预计时间要晚于现在")})
    free = masks.mask_text(text.clean(words.free))[:MOST]
    audience = words.audience or (Audience.RESIDENTS if row.plan.tells and not free else Audience.INTERNAL)
    said = Words(
        audience,
        NO_NEWS if no_news else _line(words.progress, 100),
        _line(words.cause, 20),
        _line(words.missing, 20),
        words.eta,
        free,
    )
    if said.is_empty:
        message = _("请写进展，或选“无新进展，照发”")
        raise Refused("TEXT_REQUIRED", message, fields={"progress": message})
    return said


def _line(words: str, most: int) -> str:
    """One line that names nobody (R3.6)."""
    return masks.mask_text(text.one_line(words))[:most]


def _needs_approval(row: Incident, said: Words) -> bool:
    """Free words for residents, and every word for them where only the manager speaks (群体事件)."""
    return said.audience == Audience.RESIDENTS and (bool(said.free) or not row.plan.tells)


def _lengthen(row: Incident, minutes: int, by: Scope) -> None:
    """R3.4: 20, 30 or 60 minutes, after CONTROLLED, in a bulletin that announces the next time."""
    story.only_commander(row, by)
    if row.state != State.CONTROLLED:
        raise Refused("INTERVAL_TOO_SOON", _("已控制以后才能放宽通报间隔"), status=409)
    if minutes not in grid.LONGER:
        message = _("通报间隔只能放宽到20、30或60分钟")
        raise Refused("INTERVAL_INVALID", message, fields={"interval": message})
    row.interval_min = minutes
    story.say(row, news.INTERVAL, by, minutes=minutes)


def _draft(row: Incident, said: Words, by: Scope) -> Bulletin:
    made = Bulletin(
        incident=row,
        drafted_at=clock.now(),
        audience=said.audience,
        text=said.free,
        progress=said.progress,
        eta_at=said.eta,
        author_id=by.staff_id,
    )
    made.save(force_insert=True)
    if said.free:
        story.say(row, news.DRAFTED, by)
    return made


def _publish(row: Incident, made: Bulletin, said: Words, by: Scope) -> None:
    now, changed = clock.now(), _promise(row, said)
    row.cause = said.cause or row.cause
    made.posted_at, made.approved_by_id = now, by.staff_id if _needs_approval(row, said) else None
    made.seq = row.bulletins.exclude(seq=None).count() + 1
    made.eta_at = row.eta_at
    made.next_at = _satisfy(row, made, row.slots.order_by("-seq").first(), now)
    made.text = said.free or _worded(row, made, said)
    if said.audience == Audience.RESIDENTS:
        _tell(row, made, said, changed=changed)
    made.save()
    stepping.by_itself(row, by, bulletin=True, time=said.eta is not None)
    story.say(row, news.BULLETIN, by, seq=made.seq, audience=made.audience, slot=made.slot and made.slot.seq)


def _promise(row: Incident, said: Words) -> bool:
    """The time that is promised from now on; True when it is another one, or the one that was owed (R3.5)."""
    if said.eta is None:
        return False
    changed = said.eta != row.eta_at and (row.eta_at or row.eta_asked_at) is not None
    row.eta_at = said.eta
    row.eta_answered_at = clock.now() if row.eta_asked_at else row.eta_answered_at
    return changed


def _satisfy(row: Incident, made: Bulletin, slot: Slot | None, now: datetime) -> datetime | None:
    """One bulletin satisfies the slot it is posted in, and no other; gives when the next is due."""
    if slot is None:
        return None
    if slot.met_at is None and slot.plain.takes(now):
        slot.met_at = now
        slot.save(update_fields=["met_at"])
        made.slot = slot
    return slot.due_at + timedelta(minutes=row.interval_min) if slot.met_at else slot.due_at


def _worded(row: Incident, made: Bulletin, said: Words) -> str:
    """The plan's text (C.2), first or following, where all its blanks are known; else the words of T302."""
    values = _values(row, made, said)
    if said.progress == NO_NEWS:
        return _numbered(values)
    first = not row.bulletins.filter(audience=Audience.RESIDENTS).exclude(seq=None).exists()
    known = {
        "place": row.place,
        "place2": row.place,
        "level": row.warning,
        "reason": row.cause,
        "progress": said.progress or said.missing,
        "eta": values["eta"] if row.eta_at else "",
        "next": values["next"],
    }
    return row.plan.text(0 if first and not said.progress else 1, known) or _numbered(values)


def _numbered(values: dict[str, str]) -> str:
    """The words of T302."""
    return "第{n}次通报：{progress}。预计恢复时间{eta}，下次通报时间{next}".format_map(values)


def _values(row: Incident, made: Bulletin, said: Words) -> dict[str, str]:
    return {
        "n": str(made.seq),
        "progress": said.progress or said.missing or AT_WORK,
        "eta": telling.moment(row.eta_at) if row.eta_at else UNKNOWN,
        "next": telling.moment(made.next_at) if made.next_at else UNKNOWN,
    }


def _tell(row: Incident, made: Bulletin, said: Words, *, changed: bool) -> None:
    """T302 by WeChat; T304 by SMS too, when the time has changed (R3.3)."""
    values = _values(row, made, said)
    made.templates = ["T304"] if changed and said.missing else ["T302", "T304"] if changed else ["T302"]
    for template in made.templates:
        made.told = telling.residents(row, template, place=row.place, item=telling.item(row), **values)
    linking.answered(row)
