"""A message that will not arrive is said aloud: in the log, and to whoever asked to be told."""

import logging
from collections.abc import Callable, Iterable

from django.db import transaction

from anju.notify.choices import State
from anju.notify.models import Delivery

logger = logging.getLogger(__name__)
Listener = Callable[[Delivery], object]
_listeners: list[Listener] = []


def on_trouble(listener: Listener) -> Listener:
    """Decorator: hear of each delivery that became FAILED or DEAD, in the transaction that made it so.

    N9 counts the days of failed SMS here; a listener that raises is undone and logged, the delivery stays as it is.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(rows: Iterable[Delivery]) -> None:
    """Log each row and pass it on; nothing personal is logged."""
    for row in rows:
        logger.log(
            logging.ERROR if row.state == State.DEAD else logging.WARNING,
            "delivery %s %s (%s %s) %s: %s %s",
            *(row.pk, row.template, row.channel, row.recipient, row.state, row.reason, row.detail),
        )
        for listener in _listeners:
            _safely(listener, row)


def _safely(listener: Listener, row: Delivery) -> None:
    try:
        with transaction.atomic():
            listener(row)
    except Exception:
        logger.exception("a trouble listener failed for delivery %s", row.pk)
