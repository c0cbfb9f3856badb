"""Believable open tickets in bulk: real models and real sealing, stored by COPY."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection, models

from anju import understanding
from anju.accounts.models import CrewMark
from anju.core import clock, ids
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate.models import Community
from anju.journal.actions import entry
from anju.journal.models import Entry
from anju.lab.garden import Garden
from anju.tickets.actions import indexing
from anju.tickets.choices import LIGHT_RANK, Light
from anju.tickets.models import Clock, Ticket
from anju.timers.models import Timer

WORDS = (
    "厨房水龙头一直滴漏",
    "楼道灯坏了好几天",
    "电梯上下时有异响",
    "地库顶上滴水",
    "卫生间下水道堵了",
    "单元门禁刷不开",
    "北门道闸不抬杆",
    "楼上装修太吵",
    "垃圾桶满了没人清",
    "健身器材螺丝松了",
    "物业费怎么算的",
    "草坪秃了一片",
)
CHUNK = 5000


def copy(rows: Sequence[models.Model]) -> None:
    """Store many rows of one model with COPY."""
    fields = rows[0]._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'COPY "{rows[0]._meta.db_table}" ({columns}) FROM STDIN'
    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as out:
        for row in rows:
            out.write_row([_value(field, row) for field in fields])


def _value(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


def communities(garden: Garden, count: int) -> list[Community]:
    """The garden's community and as many strangers as wanted, made once."""
    known = list(Community.objects.exclude(id=garden.community.id))
    made = [
        estate.community(code=f"other-{number}", name=f"小区{number}", sign="物业", hotline="400-800-0000")
        for number in range(len(known), count)
    ]
    CrewMark.touch(one.id for one in made)  # as a community has from its first member of staff on
    return known + made


def fill(garden: Garden, wanted: int, *, seed: int = 7, index: bool = False, others: int = 39) -> None:
    """Bring the number of open tickets to `wanted`, skewed over the communities: a twentieth in the garden's own."""
    have = Ticket.objects.count()
    strangers = communities(garden, others)
    random = Random(seed + have)
    for start in range(have, wanted, CHUNK):
        number = min(CHUNK, wanted - start)
        where = [
            garden.community if random.random() < 0.05 or not strangers else random.choice(strangers)
            for _one in range(number)
        ]
        _store(garden, where, start, random, index=index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as an office that has run for a while; not beside what is measured


def _store(garden: Garden, where: Sequence[Community], start: int, random: Random, *, index: bool) -> None:
    now = clock.now()
    tickets = [_ticket(garden, one, start + at, now, random) for at, one in enumerate(where)]
    copy(tickets)
    copy([one for ticket in tickets for one in _clocks(ticket)])
    copy([_entry(ticket) for ticket in tickets])
    copy([_timer(ticket) for ticket in tickets])
    if index:
        indexing.add_many([(one.id, one.community_id, one.text) for one in tickets])


def _ticket(garden: Garden, community: Community, number: int, now: Any, random: Random) -> Ticket:
    text = f"{random.choice(WORDS)}，第{number}号"
    leaf = understanding.classify(text).leaf
    light = random.choices((Light.RED, Light.YELLOW, Light.GREEN), (1, 4, 95))[0]
    at = now - timedelta(seconds=random.randint(60, 80_000))
    own = community is garden.community
    row = Ticket(
        id=ids.new(),
        community=community,
        no=f"{number:011d}",
        type=leaf.type,
        leaf_code=leaf.code,
        leaf_source="AUTO",
        prio=leaf.prio,
        channel="miniprogram",
        reported_at=at,
        created_at=at,
        status_since=at,
        status="IN_PROGRESS",
        light=light,
        light_reason="NONE",
        light_clock="RESOLVE",
        rank=LIGHT_RANK[light],
        held=True,
        due_at=at + timedelta(minutes=leaf.resolve_min),
        lead_dept=leaf.dept,
        event_seq=1,
        version=1,
        accountable=garden.staff["李敏"] if own else None,
        handler=garden.staff["周强"] if own else None,
        room=garden.rooms["3-1-1203"] if own else None,
        reporter=garden.people["张伟"] if own else None,
        reporter_wechat=own,
    )
    row.title = row.text = text
    row.reporter_phone = "13800005678" if own else ""
    return row


def _clocks(ticket: Ticket) -> Iterable[Clock]:
    for kind, span in (("RESOLVE", 86_400), ("ESC24", 86_400)):
        deadline = ticket.reported_at + timedelta(seconds=span)
        yield Clock(
            ticket=ticket,
            kind=kind,
            base=ticket.reported_at,
            duration_s=span,
            running_since=ticket.reported_at,
            deadline=deadline,
            state="RUNNING",
            warned=1,
        )


def _entry(ticket: Ticket) -> Entry:
    return entry(
        "tickets.report",
        subject=ticket.subject,
        community_id=ticket.community_id,
        by=SYSTEM,
        seq=1,
        at=ticket.created_at,
    )


def _timer(ticket: Ticket) -> Timer:
    return Timer(
        kind="tickets.wake",
        subject_type="ticket",
        subject_id=ticket.id,
        community_id=ticket.community_id,
        due_at=ticket.reported_at + timedelta(seconds=86_401),
    )
