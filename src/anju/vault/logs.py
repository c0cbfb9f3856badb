"""The log as it is written: one line a record, and nothing in it that is somebody's or opens something."""

import json
import logging
import re
from datetime import UTC, datetime

from anju.vault import masks

_BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_PATH = re.compile(r"(?<![\w.])/[^\s'\"),]*")
_PLAIN = re.compile(r"[A-Za-z_.<>-]{0,40}|[\w.-]{1,15}|[\w.-]+\.py", re.ASCII)


class Masked(logging.Formatter):
    """Masks phones, ID numbers, plates and rooms, also in tracebacks; of addresses it keeps what we named ourselves, so
    neither what somebody typed there nor the key of a link; a forged line end stays in its line.

    Names have no pattern: nobody may log them.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the name is logging's
        return super().formatMessage(record).replace("\n", "\\n")

    def format(self, record: logging.LogRecord) -> str:
        """The whole record, masked last: whatever was put into it has passed here."""
        text = _PATH.sub(_known, super().format(record))
        return masks.mask_text(_BREAKS.sub(" ", text))


class Lines(Masked):
    """The same as one JSON object a line, for whoever collects logs: at (UTC), level, logger, message."""

    def format(self, record: logging.LogRecord) -> str:
        """Masked before it is quoted: what quoting does to a text hides nothing from the masks."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname, "logger": record.name, "message": super().format(record)}
        return json.dumps(said, ensure_ascii=False)


def _known(path: re.Match[str]) -> str:
    return "/".join(part if _PLAIN.fullmatch(part) else "…" for part in path.group().split("/"))
