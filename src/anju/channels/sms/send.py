"""The real sms connector: the gateway named by ANJU_SMS_URL."""

from anju.channels import gateway
from anju.channels.carrier import Message, Receipt

HONOURS_KEY = False


def hand_over(letter: str, message: Message) -> Receipt:
    """Hand a message to the sms gateway. Raises Failed or Unknown."""
    return gateway.post("sms", message)
