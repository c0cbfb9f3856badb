"""Who is told what about a ticket: the templates T101–T122 and T201–T215 with their variables (Appendix B)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from anju.accounts.rules import Worker
from anju.core import clock
from anju.notify.actions import Notice, Recipient
from anju.tickets.actions.bench import title
from anju.tickets.choices import ClockKind
from anju.tickets.queries.reaching import reporter_of
from anju.tickets.rules import saying

if TYPE_CHECKING:
    from anju.tickets.actions.case import Case

CREATED = {"IQ": "T120", "PR": "T120", "SG": "T120"}


def moment(at: datetime) -> str:
    """HH:mm today, else MM月DD日HH:mm (B.2)."""
    local = clock.local(at)
    today = local.date() == clock.local(clock.now()).date()
    return f"{local:%H:%M}" if today else f"{local.month:02d}月{local.day:02d}日{local:%H:%M}"


def created(case: "Case") -> None:
    """Within 60 s of creation: T121 for P0, T120 for IQ, PR, SG, else T101 (R1.3)."""
    ticket = case.ticket
    template = "T121" if ticket.prio == "P0" else CREATED.get(ticket.type, "T101")
    reporter(case, template, item=ticket.leaf.short)


def reporter(case: "Case", template: str, **values: object) -> None:
    """Tell whoever reported it, and later the reporters of merged tickets too."""
    values = {"no": case.ticket.no, **values}
    case.echo.append((template, values))
    to = reporter_of(case.ticket)
    if to is not None:
        case.told.append(_notice(case, template, to, values))


def staff(case: "Case", people: Iterable[Worker | int | None], template: str, **values: object) -> None:
    """Tell members of staff, each once."""
    values = {"no": case.ticket.no, **values}
    seen: set[int] = set()
    for one in people:
        staff_id = one.staff_id if isinstance(one, Worker) else one
        row = case.bench.staff.get(staff_id) if staff_id else None
        if row is None or row.id in seen:
            continue
        seen.add(row.id)
        to = Recipient("staff", row.id, row.phone or None, wechat=row.wechat)
        case.told.append(_notice(case, template, to, values))


def _notice(case: "Case", template: str, to: Recipient, values: dict[str, object]) -> Notice:
    ticket = case.ticket
    return Notice(
        template=template,
        to=to,
        vars={name: str(value) for name, value in values.items()},
        about=ticket.subject,
        office=case.bench.office,
        asked=to.kind != "staff" and _asked_tonight(case),
        emergency=ticket.prio == "P0",
    )


def _asked_tonight(case: "Case") -> bool:
    """True when the person spoke to us within the present quiet night, so progress may reach him now (N7)."""
    asked = case.ticket.asked_at
    return asked is not None and (saying.tonight(asked, clock.now()) or case.by.is_owner_side)


def offered(case: "Case", worker: Worker) -> None:
    """T201 to the worker a ticket is offered to."""
    ticket = case.ticket
    accept = case.clocks[ClockKind.ACCEPT]
    staff(
        case,
        [worker],
        "T201",
        item=ticket.leaf.short,
        place=ticket.where or case.bench.community.name,
        prio=ticket.prio,
        eta=moment(accept.deadline or case.now),
    )


def name_of(case: "Case", staff_id: int | None) -> str:
    """Surname and title of a member of staff, as messages name him."""
    return title(case.bench.by_id.get(staff_id)) if staff_id else title(None)
