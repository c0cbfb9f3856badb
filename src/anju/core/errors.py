"""A refusal: the one exception that an action raises when it says no to a person."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """An action said no.

    `code` is stable English, `message` is Chinese and shown to the user (C9); `fields` gives messages by form field;
    `data` carries facts a door may show (who changed the ticket, when); `stands` says that what was written on the way
    is kept, because somebody was told of it.
    """

    def __init__(
        self,
        code: str,
        message: object,
        *,
        status: int = 422,
        fields: Mapping[str, object] | None = None,
        data: Mapping[str, Any] | None = None,
        stands: bool = False,
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status
        self.fields = dict(fields or {})
        self.data = dict(data or {})
        self.stands = stands

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


class NotYours(Refused):
    """Somebody asked for a thing of his own community that is none of his business; the doors report it (R16.3)."""

    def __init__(self, message: object, *, subject: tuple[str, int], community_id: int) -> None:
        super().__init__("NOT_ALLOWED", message, status=403)
        self.subject = subject
        self.community_id = community_id
