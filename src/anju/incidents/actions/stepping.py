"""Steps of the plan: done with their evidence, some by themselves, and the one that only people with a licence may do."""

from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files.models import File
from anju.incidents import access, news
from anju.incidents.actions import calling, story, telling
from anju.incidents.actions.handling import held
from anju.incidents.choices import Evidence, State
from anju.incidents.models import Incident, Step
from anju.incidents.rules import plans

OVER = frozenset({State.CLOSED, State.CANCELLED})
WORDS = frozenset({Evidence.TEXT, Evidence.LIST, Evidence.RECORD})
LICENCE = "电梯安全员"
MOST_NOTE = 500


def do_step(incident: Incident, *, no: int, by: Scope, words: str = "", photo: File | None = None) -> Incident:
    """完成一步. Raises Refused STEP_UNKNOWN (404), STEP_DONE (409), EVIDENCE_REQUIRED.

    Own staff without a licence who tick the rescue of a lift have broken the plan: it stays in the record as a veto,
    the project manager is alarmed, and the step is still to be done (AT3.5).
    """
    with held(incident, by=by) as row:
        if row.state in OVER:
            raise story.conflict()
        step = row.steps.filter(no=no).first()
        if step is None:
            raise Refused("STEP_UNKNOWN", _("预案里没有这一步"), status=404)
        if step.done_at is not None:
            raise Refused("STEP_DONE", _("这一步已经完成"), status=409)
        if (row.kind, no) == plans.RESCUE and not access.licensed(by, row.community_id, _licences(row, by)):
            _veto(row, step, by)
        else:
            _done(row, step, by, text.clean(words)[:MOST_NOTE], photo)
    return incident


def _licences(row: Incident, by: Scope) -> frozenset[str]:
    mine = next((one for one in telling.workers(row.community) if one.staff_id == by.staff_id), None)
    return mine.certs & {LICENCE} if mine else frozenset()


def _veto(row: Incident, step: Step, by: Scope) -> None:
    step.wrong_by_id, step.wrong_at = by.staff_id, clock.now()
    step.save(update_fields=["wrong_by", "wrong_at"])
    story.say(row, news.VETO, by, step=step.no)
    telling.alarm(row, telling.leaders(row, "PM"), "无证人员扒门盘车")


def _done(row: Incident, step: Step, by: Scope, words: str, photo: File | None) -> None:
    kind = Evidence(step.evidence)
    if (kind is Evidence.PHOTO and photo is None) or (kind is Evidence.SIGN and not (photo or words)):
        message = _("这一步要拍照为证")
        raise Refused("EVIDENCE_REQUIRED", message, fields={"photo": message})
    if kind in WORDS and not words:
        message = _("请写一句为证，如受理号、时间、名单")
        raise Refused("EVIDENCE_REQUIRED", message, fields={"text": message})
    calling.acts(row, by, step.role)
    _finish(row, step, by, words, photo)


def _finish(row: Incident, step: Step, by: Scope, words: str = "", photo: File | None = None) -> None:
    step.done_at, step.by_id, step.note, step.photo = clock.now(), by.staff_id, words, photo
    step.save()
    story.say(row, news.STEP, by, step=step.no, late_s=max(0, int((step.done_at - step.due_at).total_seconds())))


def by_itself(row: Incident, by: Scope, *, bulletin: bool = False, notice: bool = False, time: bool = False) -> None:
    """Steps that what has just been done has done: the first bulletin, the messages of the opening, a time or the end."""
    copied = {one.no: one for one in row.plan.steps}
    for step in row.steps.filter(evidence=Evidence.AUTO, done_at=None):
        plain = copied.get(step.no)
        if plain and ((bulletin and plain.is_bulletin) or (notice and plain.is_notice) or (time and plain.is_time)):
            _finish(row, step, by)


def note(incident: Incident, *, words: str, by: Scope) -> Incident:
    """A line in the internal room."""
    said = text.clean(words)[:MOST_NOTE]
    if not said:
        raise Refused("TEXT_REQUIRED", _("请写一句话"), fields={"text": _("请写一句话")})
    with held(incident, by=by) as row:
        story.say(row, news.NOTE, by, note=said)
    return incident
