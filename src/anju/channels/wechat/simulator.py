"""A simulated WeChat platform: honours the idempotency key."""

from anju.channels import simulator
from anju.channels.carrier import Message, Receipt

HONOURS_KEY = True


def hand_over(letter: str, message: Message) -> Receipt:
    """Take a message as the platform would."""
    return simulator.take("wechat", letter, message, keyed=HONOURS_KEY)
