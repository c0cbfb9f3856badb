"""Whether a message that waited still holds (N7): the rooms above know, so they register a question."""

import logging
from collections.abc import Callable

from anju.notify.models import Delivery

logger = logging.getLogger(__name__)
Question = Callable[[Delivery], bool]
_questions: dict[str, Question] = {}


def still_true(about_type: str) -> Callable[[Question], Question]:
    """Decorator: `fn(delivery) -> bool` answers for messages about that type before a late one leaves."""

    def register(question: Question) -> Question:
        _questions[about_type] = question
        return question

    return register


def holds(row: Delivery) -> bool:
    """The answer; True when nobody answers for the type, and when the question itself fails: better late than lost."""
    question = _questions.get(row.about_type)
    if question is None:
        return True
    try:
        return question(row)
    except Exception:
        logger.exception("the question whether delivery %s still holds failed", row.pk)
        return True
