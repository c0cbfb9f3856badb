"""The real wechat connector: the gateway named by ANJU_WECHAT_URL."""

from anju.channels import gateway
from anju.channels.carrier import Message, Receipt

HONOURS_KEY = True


def hand_over(letter: str, message: Message) -> Receipt:
    """Hand a message to the wechat gateway. Raises Failed or Unknown."""
    return gateway.post("wechat", message)
