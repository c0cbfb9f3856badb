"""Simulated messages with names for their recipients, masked as everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from anju.accounts import queries as accounts
from anju.channels import simulator
from anju.channels.carrier import ReceiptState
from anju.core.scope import Scope
from anju.estate import queries as estate
from anju.notify.choices import Channel
from anju.vault.policy import OUTSIDE

NEWEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One message, masked: who looks at the simulator is not its recipient."""

    at: datetime
    template: str
    channel: str
    who: str
    recipient: str
    body: str
    state: str
    delivered: bool


def lines(scope: Scope, *, recipient: str = "", template: str = "", letter: str = "") -> list[Line]:
    """The newest messages of the asker's communities, newest first."""
    heard = simulator.messages(
        recipient=recipient, template=template, letter=letter, communities=scope.communities, newest=NEWEST
    )
    names = _names(scope, heard)
    hotlines = [one.hotline for one in accounts.communities(scope)]
    return [
        Line(
            at=one.at,
            template=one.template,
            channel=str(Channel(one.channel).label) if one.channel in Channel.values else one.channel,
            who=names.get(one.recipient) or OUTSIDE.show("phone", one.to),
            recipient=one.recipient,
            body=OUTSIDE.text(one.body, next((number for number in hotlines if number in one.body), "")),
            state=one.state,
            delivered=one.state == ReceiptState.DELIVERED,
        )
        for one in reversed(heard)
    ]


def _names(scope: Scope, heard: Sequence[simulator.Heard]) -> Mapping[str, str]:
    """staff:12 -> 陈师傅, person:13 -> 张*."""
    ids: dict[str, set[int]] = {"staff": set(), "person": set()}
    for one in heard:
        kind, _colon, number = one.recipient.partition(":")
        if kind in ids and number.isdigit():
            ids[kind].add(int(number))
    found = {f"staff:{one}": name for one, name in accounts.names(ids["staff"]).items()}
    for person in estate.people(scope, ids["person"]):
        found[f"person:{person.id}"] = OUTSIDE.show("name", person.name)
    return found


def people(found: Sequence[Line]) -> list[tuple[str, str]]:
    """Everybody who got one, for the filter."""
    return sorted({(line.recipient, line.who) for line in found}, key=lambda each: each[1])
