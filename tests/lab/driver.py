"""A lab as a process, driven through HTTP only: what a stranger with lab.md in his hand could do."""

import base64
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
from typing import Any

import httpx2

from tests.pictures import photo

PHOTO = base64.b64encode(photo()).decode()


def free_port() -> int:
    """A port that nobody has and that no client will be given: the machine hands out those from 32768 on by itself."""
    for port in random.sample(range(10_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no port is free")


class Lab:
    """One running lab."""

    def __init__(self, office: dict[str, str]) -> None:
        self.office = office | {"ANJU_LAB": "1"}
        self.port = free_port()
        self.http = httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=180)
        self.tokens: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "anju", "lab", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=os.environ | self.office, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline() if self.process.stdout else ""
        assert str(self.port) in line, f"the lab did not start: {line}"
        self.meet()

    def meet(self) -> None:
        self.tokens = {name: one["token"] for name, one in self.get("/lab/people").items()}

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        code = self.process.wait(120)
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def reset(self) -> None:
        self.post("/lab/reset", fixture="sunshine-garden")
        for name in ("sms", "wechat", "voice"):
            self.post(f"/lab/providers/{name}", mode="ok")
        self.meet()

    # --- calls --------------------------------------------------------------------------------------------------
    def raw(self, method: str, path: str, who: str = "", key: str = "", **body: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        headers |= {"Idempotency-Key": key} if key else {}
        return self.http.request(method, path, json=body or None, headers=headers)

    def get(self, path: str, who: str = "") -> Any:
        answer = self.raw("GET", path, who)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, who: str = "", key: str = "", **body: Any) -> Any:
        answer = self.raw("POST", path, who, key, **body) if body else self.http.post(path, json={})
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    # --- what holds after every scenario ----------------------------------------------------------------------------
    def audit(self) -> None:
        """Of every ticket: a story without gaps, states that follow each other, and exactly one who answers for it
        after each event (domain file 04)."""
        cursor = ""
        while True:
            page = self.get(f"/api/v1/tickets?limit=100&cursor={cursor}", "赵静")
            for line in page["items"]:
                self._audit(self.ticket(line["no"]))
            cursor = page["cursor"]
            if not cursor:
                return

    def _audit(self, seen: dict[str, Any]) -> None:
        no, story = seen["no"], seen["events"]
        assert [one["seq"] for one in story] == list(range(1, len(story) + 1)), no
        status = "NEW"
        for one in story:
            if one["to"]:
                assert one["from"] == status, (no, one)
                status = one["to"]
        assert status == seen["status"], no
        moves = [(one["data"]["before"], one["data"]["staff"]) for one in story if one["action"] == "accountable"]
        people = [staff for pair in moves for staff in pair] + [seen["accountable"]]
        assert None not in people, (no, people)
        assert people[1::2] == people[2::2], (no, people)

    # --- words of the scenarios -----------------------------------------------------------------------------------
    def freeze(self, *names: str) -> None:
        self.post("/lab/freeze", automatic=list(names))

    def at(self, text: str) -> int:
        """The clock to "09:10", "09:15:01" or "03-04 13:00"."""
        day, _space, hour = text.rpartition(" ")
        day = day or self.get("/lab/clock")["now"][5:10]
        hour = hour if hour.count(":") == 2 else f"{hour}:00"
        return self.post("/lab/clock", set=f"2026-{day}T{hour}+08:00")["fired"]

    def report(self, text: str = "厨房水龙头一直滴漏", who: str = "张伟", **more: Any) -> str:
        return self.post("/api/v1/tickets", who, text=text, **more)["no"]

    def do(self, action: str, no: str, who: str, **body: Any) -> dict[str, Any]:
        answer = self.step(action, no, who, **body)
        assert answer.status_code == 200, f"{action}: {answer.text}"
        return answer.json()

    def step(self, action: str, no: str, who: str, **body: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        return self.http.post(f"/api/v1/tickets/{no}/{action}", json=body, headers=headers)

    def code(self, action: str, no: str, who: str, **body: Any) -> str:
        """The error code of a step that must be refused."""
        answer = self.step(action, no, who, **body)
        assert answer.status_code >= 400, f"{action} was not refused"
        return answer.json()["code"]

    def ticket(self, no: str, who: str = "赵静") -> dict[str, Any]:
        return self.get(f"/api/v1/tickets/{no}", who)

    def clock_of(self, no: str, kind: str) -> dict[str, Any]:
        return next(one for one in self.ticket(no)["clocks"] if one["kind"] == kind)

    def heard(self, to: str, template: str) -> list[dict[str, Any]]:
        return self.get(f"/lab/messages?to={to}&template={template}")

    def taken(self, no: str, who: str = "陈师傅") -> None:
        """Accepted by 李敏, offered to and taken by a worker."""
        self.do("accept", no, "李敏")
        self.do("dispatch", no, "李敏", to=who)
        self.do("take", no, who, eta=30)

    def begun(self, no: str, who: str = "陈师傅") -> None:
        self.taken(no, who)
        self.do("start", no, who, proof={"photo": PHOTO})

    def finished(self, no: str, who: str = "陈师傅") -> None:
        self.begun(no, who)
        self.do("finish", no, who, result="更换阀芯，不再滴漏", photos=[PHOTO])
