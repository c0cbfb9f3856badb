"""The real voice connector: the gateway named by ANJU_VOICE_URL."""

from anju.channels import gateway
from anju.channels.carrier import Message, Receipt

HONOURS_KEY = True


def hand_over(letter: str, message: Message) -> Receipt:
    """Hand a message to the voice gateway. Raises Failed or Unknown."""
    return gateway.post("voice", message)
