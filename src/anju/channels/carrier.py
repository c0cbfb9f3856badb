"""What is handed over, what comes back, and which connector serves a letter."""

import importlib
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, cast

from django.conf import settings

_ROOM = "anju.channels"
_DOORS = ("send", "simulator")
OFF = "off"


class ReceiptState(StrEnum):
    """How far a provider says a message has come."""

    SENT = "SENT"
    DELIVERED = "DELIVERED"
    READ = "READ"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Message:
    """One message for one address. `key` is the idempotency key: the same for every attempt.

    `to` is a canonical phone number for S and V, `kind:id` of the account for W. `body` has no signature (N2).
    `recipient` (`person:12`) names who is meant, for simulators and logs, which must not compare addresses.
    """

    key: str
    to: str = field(repr=False)
    body: str = field(repr=False)
    template: str
    vars: Mapping[str, str] = field(default_factory=dict, repr=False)
    sign: str = ""
    recipient: str = ""
    community_id: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took the message under this id."""

    provider_id: str
    state: ReceiptState = ReceiptState.SENT


class Failed(Exception):
    """The provider refused or could not be reached: nothing was accepted, try again."""


class Unknown(Exception):
    """No answer came: it may have been accepted. Try again with the same key."""


class Unserved(Exception):
    """No connector serves this letter here."""


class Connector(Protocol):
    """What a module `channels/<kind>/<send|simulator>.py` offers."""

    HONOURS_KEY: bool
    """Whether a repeated key is answered with the first result, so that a repeat is harmless; not said is no."""

    def hand_over(self, letter: str, message: Message) -> Receipt: ...


def connectors() -> tuple[str, ...]:
    """Every connector there is ("sms.send", "sms.simulator", …), found by looking at the folders."""
    homes: list[str] = list(sys.modules[_ROOM].__path__)
    found: list[str] = []
    for kind in pkgutil.iter_modules(homes):
        if kind.ispkg:
            inside = pkgutil.iter_modules([f"{home}/{kind.name}" for home in homes])
            found.extend(f"{kind.name}.{module.name}" for module in inside if module.name in _DOORS)
    return tuple(sorted(found))


def letters() -> tuple[str, ...]:
    """The letters that some connector serves in this office."""
    return tuple(letter for letter, name in settings.ANJU_CHANNELS.items() if name != OFF)


def serves(letter: str) -> bool:
    """Whether messages of this letter can leave at all (N5: an office without SMS must still work)."""
    return letter in letters()


def hand_over(letter: str, message: Message) -> Receipt:
    """Give a message to the provider of its letter; never call it inside a transaction.

    Raises Failed (nothing accepted), Unknown (perhaps accepted) or Unserved (nobody to give it to).
    """
    return connector(letter).hand_over(letter, message)


def honours_key(letter: str) -> bool:
    """Whether a repeat through this letter is harmless."""
    return serves(letter) and bool(getattr(connector(letter), "HONOURS_KEY", False))


def connector(letter: str) -> Connector:
    """The module that serves a letter. Raises Unserved."""
    name: str = settings.ANJU_CHANNELS.get(letter, OFF)
    if name == OFF:
        raise Unserved(letter)
    return cast(Connector, importlib.import_module(f"{_ROOM}.{name}"))
