"""News from providers: delivered, read, refused. Webhooks publish it here; the room above listens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from anju.channels.carrier import ReceiptState


@dataclass(frozen=True, slots=True)
class Callback:
    """What a provider says about a message it took: by its own id, and by our key where it echoes it.

    `pressed` is the key somebody pressed in a call, `minutes` the number he typed after it.
    """

    letter: str
    provider_id: str
    state: ReceiptState
    at: datetime
    key: str = ""
    pressed: str = ""
    minutes: int | None = None


Listener = Callable[[Callback], object]
_listeners: list[Listener] = []


def on_receipt(listener: Listener) -> Listener:
    """Decorator: hear every callback of every provider; must bear repeats and wrong order."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def publish(callback: Callback) -> None:
    """Pass a provider's callback on."""
    for listener in _listeners:
        listener(callback)
