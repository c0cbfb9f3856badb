"""The bodies of the actions, one each."""

from typing import Annotated, Any, Literal

from pydantic import Field

from anju.api.schemas import Instant, PhotoData, Photos, Short, Strict, Text


class StepIn(Strict):
    """What every action takes: the version seen, and the phone's own time of an action recorded offline."""

    version: Annotated[int, Field(ge=0, le=2**31)] | None = None
    client_at: Instant | None = None
    client_now: Instant | None = None


class AcceptIn(StepIn):
    """受理: the kind may be corrected at once."""

    leaf: Short | None = None


class ClassifyIn(StepIn):
    """Another kind."""

    leaf: Short


class ToIn(StepIn):
    """To whom; nobody means by the rules."""

    to: Short | None = None


class TransferIn(StepIn):
    """To whom."""

    to: Short


class TakeIn(StepIn):
    """When he will be there: an instant, or minutes from now."""

    eta: Instant | Annotated[int, Field(ge=0, le=43_200, strict=True)] | None = None


class ReasonIn(StepIn):
    """Why."""

    reason: Text = ""


class ReturnIn(ReasonIn):
    """Why it is given back, with photos once on site."""

    photos: Photos = []


ArrivalCode = Annotated[str, Field(pattern=r"^\d{4}$")]


class Proof(Strict):
    """How the arrival is proved: one of the four; `code` are the resident's four digits."""

    qr: Short | None = None
    code: ArrivalCode | None = None
    geo: dict[str, float] | None = None
    photo: str | PhotoData | None = None


class StartIn(StepIn):
    """The proof of the arrival."""

    proof: Proof | None = None


class SuspendIn(StepIn):
    """Why and until when."""

    reason: Short = ""
    resume_at: Instant | None = None


class FinishIn(StepIn):
    """What was done, with photos and parts."""

    result: Text = ""
    photos: Photos = []
    parts: Annotated[list[dict[str, str | int]], Field(max_length=50)] = []


class ConfirmIn(StepIn):
    """The record of the call, when an agent confirms."""

    call_id: Short = ""


class UrgeIn(StepIn):
    """What the reporter says."""

    reason: Text = ""


class EscalateIn(ReasonIn):
    """To which level and why."""

    to_level: Annotated[int, Field(strict=True)] | str = 1
    summary: Text = ""


class MergeIn(StepIn):
    """The number of the master."""

    master: Short


class AnswerIn(StepIn):
    """The answer."""

    text: Text = ""


class NoteIn(StepIn):
    """A remark; visible to the owner or not."""

    text: Text = ""
    visible: bool = False


class QuoteLine(Strict):
    """One line of a quote; the amount in fen."""

    name: Short
    fen: Annotated[int, Field(ge=0, le=10**10, strict=True)]
    kind: Literal["material", "labour"] = "labour"


class QuoteIn(StepIn):
    """The lines of a quote."""

    lines: Annotated[list[QuoteLine], Field(max_length=100)] = []


class PlanIn(StepIn):
    """Until when it will be done."""

    plan_due_at: Instant | None = None
    due: Instant | None = None
    reason: Short = ""


class DelayIn(ReasonIn):
    """The new time and why."""

    eta: Instant


class OfferIn(ReasonIn):
    """To which department and why."""

    dept: Short
    leaf: Short | None = None


class RefuseIn(ReasonIn):
    """Why not, with evidence."""

    evidence: Text = ""


class RuleIn(StepIn):
    """Who leads and who helps."""

    lead: Short
    co: Annotated[list[Short], Field(max_length=12)] = []
    subtasks: Annotated[list[dict[str, Any]], Field(max_length=30)] = []
    text: Text = ""


class TickIn(StepIn):
    """A task by its number in `tasks`; `done` false opens it again."""

    task: int
    done: bool = True


class ReferIn(StepIn):
    """Who it belongs to outside: a utility, the developer."""

    org: Short = ""


class FirstContactIn(ReasonIn):
    """Who was told first, and how that is known."""

    to: Short


class LateIn(StepIn):
    """The record of the call."""

    call_id: Short = ""


class RateIn(StepIn):
    """One to five stars; `call_id` names the record of the call when an agent writes down what was said on the phone."""

    stars: Annotated[int, Field(strict=True)]
    chips: Annotated[list[Short], Field(max_length=12)] = []
    text: Text = ""
    call_id: Short = ""
