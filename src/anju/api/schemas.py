"""What callers send and get. Unknown fields are refused; texts are measured here only against abuse."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field

from anju.core import clock

Text = Annotated[str, Field(max_length=20_000)]
Short = Annotated[str, Field(max_length=200)]


def _instant(value: object) -> object:
    try:
        return clock.parse(value) if isinstance(value, str) and len(value) < 40 else value
    except OverflowError as error:
        raise ValueError("no such instant") from error


Instant = Annotated[AwareDatetime, BeforeValidator(_instant), Field(strict=True)]
"""An ISO 8601 instant; without an offset it is Shanghai time. A number is not a time."""


class Strict(Schema):
    """Nothing but the declared fields."""

    model_config = ConfigDict(extra="forbid")


class PhotoData(Strict):
    """A photo by name and base64."""

    name: Short = ""
    data: str


Photos = Annotated[list[str | PhotoData], Field(max_length=50)]
"""Base64 texts, data URLs, `{name, data}`, or tokens of `/files`."""


class Appointment(Strict):
    """When the resident wants somebody to come."""

    start: Instant
    end: Instant


class ReportIn(Strict):
    """A report."""

    text: Text = ""
    room: Short | None = None
    place: Short | None = None
    asset: Short | None = None
    photos: Photos = []
    phone: Short | None = None
    leaf: Short | None = None
    reported_at: Instant | None = None
    appointment: Appointment | None = None
    community: Short | None = None


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


class Proof(Strict):
    """How the arrival is proved: one of the three."""

    qr: Short | None = None
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


class LateIn(StepIn):
    """The record of the call."""

    call_id: Short = ""


class RateIn(StepIn):
    """One to five stars."""

    stars: Annotated[int, Field(strict=True)]
    chips: Annotated[list[Short], Field(max_length=12)] = []
    text: Text = ""


class FileIn(Strict):
    """A photo to keep; its token goes into `photos` later."""

    name: Short = ""
    data: str
    community: Short | None = None


class Fault(Schema):
    """Every error."""

    code: str
    message: str
    fields: dict[str, str] = {}


FAULTS = {
    400: Fault,
    401: Fault,
    403: Fault,
    404: Fault,
    409: Fault,
    413: Fault,
    415: Fault,
    422: Fault,
    429: Fault,
    503: Fault,
}
Number = Annotated[str, Field(max_length=16)]
"""A ticket's number: 260302-0001."""


class ReporterOut(Schema):
    """Who reported it, as far as the caller may see."""

    name: str
    phone: str
    room: str


class ClockOut(Schema):
    """One clock."""

    kind: str
    base: datetime
    deadline: datetime | None
    state: str
    met_at: datetime | None


class EventOut(Schema):
    """One entry of the story."""

    model_config = ConfigDict(extra="allow")

    seq: int
    action: str
    actor: str
    at: datetime
    visible_to_owner: bool


class TicketOut(Schema):
    """A ticket. Residents get it without clocks, lights and whatever is internal."""

    model_config = ConfigDict(extra="allow")

    no: str
    type: str
    status: str
    text: str
    reporter: ReporterOut
    reported_at: datetime
    events: list[EventOut] = []
    clocks: list[ClockOut] = []
    version: int


class TicketList(Schema):
    """Tickets without their events and messages; `cursor` is empty at the end."""

    items: list[dict[str, Any]]
    cursor: str
