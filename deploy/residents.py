"""Residents who report and remember what they were promised, outside the system: `python -m deploy.residents URL TOKEN LOG SECONDS`.

Each report has a key made here. Without an answer, or with one that is no promise, the same key is sent again until there
is one; and after some promises as well, as somebody does who presses twice. Every attempt is one line of JSON in LOG.
"""

import http.client
import json
import secrets
import signal
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

RESIDENTS = 4
PAUSE_S = 0.4
PATIENCE_S = 10.0
AGAIN_EVERY = 4
WORDS = ("厨房水龙头一直滴漏", "楼道灯坏了好几天", "地库顶上滴水", "卫生间下水道堵了", "单元门禁刷不开")


class Resident(threading.Thread):
    """One of them, until told to stop; what is not yet promised then is asked for a while longer."""

    def __init__(self, url: str, token: str, log: "Log", number: int, stop: threading.Event) -> None:
        super().__init__(name=f"resident-{number}")
        self.host, self.token, self.log, self.number, self.stop = urlsplit(url).netloc, token, log, number, stop

    def run(self) -> None:
        """Report, wait for the promise, and now and then press twice."""
        made = 0
        while not self.stop.is_set():
            made += 1
            key = f"{self.number}-{made}-{secrets.token_hex(6)}"
            while not self._try(key) and not self.log.closed:
                time.sleep(PAUSE_S)
            if made % AGAIN_EVERY == 0:
                self._try(key)
            time.sleep(PAUSE_S)

    def _try(self, key: str) -> bool:
        begun = time.time()
        said, no = self._ask(key)
        self.log.write({"key": key, "begun": begun, "ended": time.time(), "said": said, "no": no})
        return said == 201

    def _ask(self, key: str) -> tuple[int, str]:
        """The status and the ticket's number; 0 when the answer never came."""
        body = json.dumps({"text": f"{WORDS[self.number % len(WORDS)]}，{key}", "room": "3-1-1203"})
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        door = http.client.HTTPConnection(self.host, timeout=PATIENCE_S)
        try:
            door.request("POST", "/api/v1/tickets", body.encode(), headers)
            answer = door.getresponse()
            text = answer.read()
            return answer.status, str(json.loads(text)["no"]) if answer.status == 201 else ""
        except (OSError, http.client.HTTPException, ValueError):
            return 0, ""
        finally:
            door.close()


class Log:
    """A file of lines that are there when `write` returns."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self.closed = False

    def write(self, line: dict[str, object]) -> None:
        """Store one line."""
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()


def main(url: str, token: str, file: str, seconds: str) -> int:
    """Report until SIGTERM, at most so many seconds; then up to a minute for what is still open."""
    log, stop = Log(Path(file)), threading.Event()
    residents = [Resident(url, token, log, number, stop) for number in range(RESIDENTS)]
    for one in residents:
        one.start()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait(float(seconds))
    stop.set()
    until = time.monotonic() + 60
    for one in residents:
        one.join(max(0.0, until - time.monotonic()))
    log.closed = True
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
