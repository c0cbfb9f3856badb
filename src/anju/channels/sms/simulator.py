"""A simulated SMS gateway: no idempotency key, the signature in front as the phone shows it."""

from anju.channels import simulator
from anju.channels.carrier import Message, Receipt

HONOURS_KEY = False


def hand_over(letter: str, message: Message) -> Receipt:
    """Take a message as an SMS gateway would."""
    return simulator.take("sms", letter, message, keyed=HONOURS_KEY, body=f"【{message.sign}】{message.body}")
