"""A simulated telephone platform: honours the idempotency key; DELIVERED means somebody answered."""

from anju.channels import simulator
from anju.channels.carrier import Message, Receipt

HONOURS_KEY = True


def hand_over(letter: str, message: Message) -> Receipt:
    """Make a call as the platform would."""
    return simulator.take("voice", letter, message, keyed=HONOURS_KEY)
