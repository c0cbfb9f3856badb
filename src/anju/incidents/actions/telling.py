"""Whom this room tells: the crew (T310–T312, T206, T207) and the affected residents (T301–T309, T313)."""

from collections.abc import Iterable
from datetime import datetime

from anju.accounts.models import Staff
from anju.accounts.rules import Worker
from anju.core import clock
from anju.duty import queries as duty
from anju.duty.actions.telling import office, staff_notice
from anju.estate.models import Community
from anju.estate.queries import Household
from anju.incidents.models import Incident, Link
from anju.incidents.queries.affected import households
from anju.notify import actions as notify
from anju.tickets.actions.bench import title

DRILL = "演练"


def moment(at: datetime) -> str:
    """HH:mm today, else MM月DD日HH:mm (B.2)."""
    local, today = clock.local(at), clock.local(clock.now()).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%m月%d日%H:%M}"


def item(row: Incident) -> str:
    """What it is called in messages; a drill says so in every one of them."""
    return f"{DRILL}：{row.kind}" if row.is_drill else row.kind


def workers(community: Community) -> list[Worker]:
    """Everybody who works there, as they are on duty now."""
    return duty.workers(community)


def named(people: Iterable[Worker], staff_id: int | None) -> str:
    """Surname and title."""
    return title(next((one for one in people if one.staff_id == staff_id), None))


def staff(row: Incident, ids: Iterable[int | None], template: str, **values: object) -> None:
    """Tell members of staff, each once."""
    wanted = list(dict.fromkeys(one for one in ids if one is not None))
    held = Staff.objects.in_bulk(wanted)
    notify.tell_many(
        [staff_notice(template, held[one], row.community, row.subject, emergency=True, **values) for one in wanted]
    )


def summon(row: Incident, ids: Iterable[int | None]) -> None:
    """T310: come into your role."""
    who = named(workers(row.community), row.commander_id)
    staff(row, ids, "T310", item=item(row), place=row.place, who=who)


def leaders(row: Incident, role: str) -> list[int]:
    """The duty manager on duty (else any), or the project manager."""
    people = [one for one in workers(row.community) if role in one.roles]
    found = sorted(people, key=lambda one: (not one.on_shift, one.staff_id))
    return [one.staff_id for one in found[:1]]


def alarm(row: Incident, ids: Iterable[int], what: str, *, ring: bool = False) -> None:
    """T206, and with `ring` an automatic call T207: come or call at once."""
    people = list(ids)
    words = f"{DRILL}：{what}" if row.is_drill else what
    for template in ("T206", "T207") if ring else ("T206",):
        staff(row, people, template, item=words, place=row.place)


# --- residents --------------------------------------------------------------------------------------------------------
def residents(row: Incident, template: str, **values: object) -> int:
    """Tell everybody who lives there, and who reported it; gives their number. A drill tells nobody (R3.8)."""
    if row.is_drill or not template:
        return 0
    people = households(row.community_id, row.areas)
    return _tell(row.community, row.subject, template, people, values, frozenset(_reporters(row)))


def announce(community: Community, subject: tuple[str, int], people: list[Household], **values: object) -> int:
    """T313, the one message of a drill that residents get."""
    return _tell(community, subject, "T313", people, values, frozenset())


def _tell(
    community: Community,
    subject: tuple[str, int],
    template: str,
    people: list[Household],
    values: dict[str, object],
    asking: frozenset[int],
) -> int:
    said, where = {name: str(value) for name, value in values.items()}, office(community)
    notify.tell_many(
        [
            notify.Notice(
                template,
                notify.Recipient("person", one.person_id, one.phone, wechat=one.wechat),
                said,
                subject,
                where,
                asked=one.person_id in asking,
            )
            for one in people
        ]
    )
    return len(people)


def _reporters(row: Incident) -> list[int]:
    """Those who have spoken to us of it: progress may reach them at night too (N7)."""
    found = Link.objects.filter(incident=row).exclude(ticket__reporter=None)
    return list(found.values_list("ticket__reporter_id", flat=True))
