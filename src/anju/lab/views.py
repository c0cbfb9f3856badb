"""The calls of lab.md."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from anju.accounts import queries as accounts
from anju.channels import simulator
from anju.core import clock, crash
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import queries as register
from anju.estate.labels import signed
from anju.journal import queries as journal
from anju.lab import cast, state, time, world
from anju.lab.calls import call
from anju.tickets import queries as tickets
from anju.worker import loop

PROVIDERS = ("sms", "wechat", "voice")
POINTS = ("before-send", "after-send", "before-commit", "after-commit")
AUTOMATIC = ("accept", "dispatch", "merge", "incident")


@call("GET", "POST")
def clock_call(body: Mapping[str, Any]) -> dict[str, Any]:
    """Where the clock stands and what is due next; with `set` or `advance`, move it."""
    if not {"set", "advance"} & set(body):
        due = loop.next_due()
        return {"now": clock.iso(clock.now()), "next_due": clock.iso(due) if due else None}
    try:
        if "set" in body:
            fired = time.move(clock.parse(str(body["set"])))
        else:
            fired = time.advance(clock.iso_duration(str(body["advance"])))
    except (ValueError, OverflowError) as error:
        if "backwards" in str(error):
            raise Refused("CLOCK_BACKWARDS", "时钟不能往回走", status=409) from error
        raise Refused("CLOCK_INVALID", "时间写得不对") from error
    return {"now": clock.iso(clock.now()), "fired": fired}


@call("POST")
def reset(body: Mapping[str, Any]) -> dict[str, Any]:
    """Fresh data, the clock back at its start."""
    if body.get("fixture", state.FIXTURE) != state.FIXTURE:
        raise Refused("FIXTURE_UNKNOWN", "没有这个样例", status=404)
    with time.LOCK:
        crash.disarm()
        state.reset()
        cast.forget()
    return {"now": clock.iso(clock.now()), "fixture": state.FIXTURE, "seed": state.seed()}


@call("POST")
def freeze(body: Mapping[str, Any]) -> dict[str, Any]:
    """Switch named automatisms off, or on with `"on": true`."""
    names = body.get("automatic", [])
    if not isinstance(names, list) or any(name not in AUTOMATIC for name in names):
        raise Refused("AUTOMATIC_UNKNOWN", f"可以开关的有：{'、'.join(AUTOMATIC)}")
    on = bool(body.get("on", False))
    with transaction.atomic():
        for community in register.communities(SYSTEM):
            estate.configure(community, {f"automatic.{name}": on for name in names})
    return {"automatic": names, "on": on}


@call("GET")
def people(body: Mapping[str, Any]) -> dict[str, Any]:
    """The cast with their tokens."""
    return {
        name: {"kind": one.kind, "token": state.token(name), "roles": one.roles, "phone": one.phone}
        for name, one in cast.people().items()
    }


@call("GET")
def messages(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every message handed to a simulator, in order; filters `to` (a name), `since`, `template`, `channel`."""
    time.settle()
    names = cast.names()
    to = cast.addresses(str(body["to"])) if body.get("to") else [""]
    try:
        since = clock.parse(str(body["since"])) if body.get("since") else None
    except ValueError as error:
        raise Refused("SINCE_INVALID", "since 是一个时刻") from error
    template, letter = str(body.get("template", "")), str(body.get("channel", ""))
    found = [
        heard
        for one in to
        for heard in simulator.messages(recipient=one, since=since, template=template, letter=letter)
    ]
    found.sort(key=lambda heard: heard.at)
    return [
        {
            "template": one.template,
            "channel": one.channel,
            "to": names.get(one.recipient, one.to),
            "address": one.to,
            "body": one.body,
            "at": clock.iso(one.at),
            "state": one.state,
            "delivery_id": one.delivery_id,
        }
        for one in found
    ]


@call("POST")
def provider(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """How a simulator behaves from now on."""
    if name not in PROVIDERS:
        raise Refused("PROVIDER_UNKNOWN", f"有这些模拟器：{'、'.join(PROVIDERS)}", status=404)
    mode, delay_s = str(body.get("mode", "ok")), body.get("delay_s", 0)
    if not isinstance(delay_s, int) or delay_s < 0:
        raise Refused("DELAY_INVALID", "delay_s 是秒数")
    try:
        simulator.behave(name, mode, delay_s)
    except ValueError as error:
        raise Refused("MODE_UNKNOWN", "没有这种模式") from error
    return {"provider": name, "mode": mode, "delay_s": delay_s}


@call("POST")
def crash_call(body: Mapping[str, Any]) -> dict[str, Any]:
    """The next pass of a crash point dies there, then the lab goes on as after a restart."""
    point = str(body.get("at", ""))
    if point not in POINTS:
        raise Refused("CRASH_POINT_UNKNOWN", f"有这些崩溃点：{'、'.join(POINTS)}")
    crash.arm(point)
    return {"armed": point}


@call("POST")
def inbound(body: Mapping[str, Any], channel: str) -> dict[str, Any]:
    """The world speaks through the product's own doors."""
    return world.speak(channel, body)


@call("GET")
def journal_call(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of the journal of a subject: `ticket:260302-0001` or `staff:李敏`."""
    kind, _colon, name = str(body.get("subject", "")).partition(":")
    rows = journal.of(kind, _subject_id(kind, name))
    who = accounts.logins({row.actor_id for row in rows if row.actor_kind == "staff" and row.actor_id})
    return [
        {
            "seq": row.seq,
            "verb": row.verb,
            "at": clock.iso(row.at),
            "actor": who.get(row.actor_id or 0, row.actor_kind),
            "data": row.data,
            "note": row.note,
            "visible": row.visible,
        }
        for row in rows
    ]


def _subject_id(kind: str, name: str) -> int:
    if kind == "ticket":
        return tickets.by_no(SYSTEM, name).id
    found = cast.people().get(name) if kind == "staff" else None
    if found is None:
        raise Refused("SUBJECT_UNKNOWN", "没有这个对象", status=404)
    return int(found.address.partition(":")[2])


@call("GET")
def codes(body: Mapping[str, Any]) -> dict[str, str]:
    """Our addition: the signed text of every printed code, by place or asset code."""
    return {label: signed(code) for label, code in cast.labels().items()}
