"""What the people of the demo do with a ticket, one step after the other, each at his own pace."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.feedback import actions as feedback
from anju.feedback import queries as stars
from anju.lab.demo import wording
from anju.lab.demo.stage import HIRES, Stage
from anju.lab.demo.wording import Said
from anju.lab.garden import on_duty
from anju.tickets import actions as tickets
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.rules import flow

HERE = {"geo": {"lat": 31.2304, "lng": 121.4737}}
TRIES = 30
OFFICE = {"FIN": "钱丽", "QLT": "郑洁", "COMP": "林悦", "PM": "周强", "CS": "李敏", "SEC": "孙涛", "ENG": "吴刚"}
CREWS = {"ENG": ("陈师傅", "马师傅", "高工", "刘工"), "SEC": ("孙涛", "丁浩", "郑强"), "CLN": ("蔡姐",)}
STARS = (5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1)
URGENT = ("P0", "P1")


@dataclass(slots=True)
class Life:
    """One ticket with those around it. `stay` names the state in which it is left as it is."""

    stage: Stage
    ticket: Ticket
    said: Said
    reporter: Scope
    stay: str = ""
    needs_parts: bool = False
    tries: int = 0

    def begin(self) -> None:
        """The first step comes quickly when somebody is in danger."""
        if self.ticket.prio == "P0":
            self._next(0.5, 2)
        elif self.stage.chance(0.06):
            self._next(16, 40)
        else:
            self._next(1, 9)

    def _next(self, low: float, high: float) -> None:
        self.stage.soon(low, high, self.step)

    def step(self) -> None:
        """Whatever comes next in this state; what is refused is tried again later, a few times."""
        self.ticket.refresh_from_db()
        if self.ticket.master_id or self.ticket.status in (self.stay, Status.CANCELLED):
            return
        try:
            self._do()
        except Refused as refusal:
            self.stage.refused.append(f"{self.ticket.status} {refusal.code}")
            self.tries += 1
            if self.tries < TRIES:
                self._next(30, 120)

    def _do(self) -> None:
        steps: dict[str, Callable[[], None]] = {
            Status.NEW: self.accept,
            Status.ACCEPTED: self.forward,
            Status.DISPATCHED: self.take,
            Status.TAKEN: self.start,
            Status.IN_PROGRESS: self.work,
            Status.SUSPENDED: self.wait,
            Status.PENDING_ACCEPTANCE: self.judge,
            Status.PENDING_VISIT: self.rate,
            Status.CLOSED: self.again,
        }
        steps[self.ticket.status]()

    # --- at the desk --------------------------------------------------------------------------------------------
    def accept(self) -> None:
        leaf = self.said.leaf or ("IN04" if self.ticket.leaf_code == "ZZ99" else "")
        if self.stage.chance(0.02) and self.ticket.prio == "P2":
            tickets.cancel(self.ticket, by=self.reporter, reason="重复报了")
            return
        tickets.accept(self.ticket, by=self.stage.scope(self.stage.agent()), leaf=leaf)
        self._next(1, 6)

    def forward(self) -> None:
        """Answer, or find somebody when the rules found nobody."""
        row, agent = self.ticket, self.stage.scope(self.stage.agent())
        if row.type in flow.ANSWERABLE or (row.type == "RQ" and row.leaf.office):
            tickets.answer(row, by=agent, answer_text=self.said.result)
            self._next(60, 900)
        elif row.lead_dept == "GRN":
            tickets.offer(row, by=self.stage.scope("赵静"), dept="CLN", reason="绿化由环境部代管")
            self.stage.soon(3, 10, self._received)
        elif row.leaf.office:
            tickets.dispatch(row, by=self.stage.scope("赵静"), to=self.stage.garden.staff[OFFICE[row.lead_dept]])
            self._next(5, 30)
        else:
            self._by_hand()
            self._next(1, 8)

    def _by_hand(self) -> None:
        """The rules found nobody: the supervisor of the desk asks one after the other."""
        refusal = Refused("NO_CANDIDATE", "")
        for name in CREWS.get(self.ticket.lead_dept, CREWS["ENG"]):
            try:
                tickets.dispatch(self.ticket, by=self.stage.scope("赵静"), to=self.stage.garden.staff[name])
                return
            except Refused as error:
                refusal = error
        raise refusal

    def _received(self) -> None:
        tickets.receive(self.ticket, by=self.stage.scope("周强"))
        self._next(2, 9)

    # --- on site ------------------------------------------------------------------------------------------------
    def take(self) -> None:
        name = self.stage.name_of(self.ticket.handler_id)
        if not self._at_work(name):
            if self.ticket.urge_count == 0 and self.stage.chance(0.05):
                tickets.urge(self.ticket, by=self.reporter)
            self._next(40, 90)
        elif self.ticket.prio != "P0" and self.stage.chance(0.03):
            tickets.decline(self.ticket, by=self.stage.scope(name), reason="在途")
            self._next(2, 8)
        else:
            fast = self.ticket.prio in URGENT
            tickets.take(
                self.ticket, by=self.stage.scope(name), eta=15 if fast else self.stage.dice.choice((30, 45, 60))
            )
            self._next(4, 14) if fast else self._next(15, 70)

    def _at_work(self, name: str) -> bool:
        hire = HIRES.get(name)
        return hire is not None and (on_duty(hire, clock.now()) or hire.on_call or self.stage.final)

    def start(self) -> None:
        scope = self.stage.scope(self.stage.name_of(self.ticket.handler_id))
        if self.ticket.leaf.paid and self.reporter.is_owner_side and self._quotes(scope):
            return
        if self.stage.chance(0.05) and self.ticket.prio not in URGENT:
            eta = clock.now() + timedelta(minutes=50)
            tickets.delay(self.ticket, by=scope, eta=eta, reason="前一单还没做完")
            self._next(40, 60)
            return
        photo = self.stage.photos(self.ticket.leaf_code, scope)[0] if self.stage.chance(0.3) else None
        tickets.start(self.ticket, by=scope, proof=None if photo else HERE, photo=photo)
        self._next(8, 25) if self.ticket.prio == "P0" else self._next(12, 80)

    def _quotes(self, by: Scope) -> bool:
        """Work at the resident's cost: a price first, now and then; True while its answer is awaited."""
        if self.ticket.quotes.exists() or not self.stage.chance(0.3):
            return False
        labour, material = self.stage.dice.choice((3000, 5000, 8000)), self.stage.dice.randint(8, 90) * 100
        lines = [
            {"name": "人工", "kind": "labour", "fen": labour},
            {"name": "配件", "kind": "material", "fen": material},
        ]
        tickets.quote(self.ticket, by=by, lines=lines)
        self.stage.soon(2, 25, self._agrees)
        self._next(26, 60)
        return True

    def _agrees(self) -> None:
        tickets.confirm_quote(self.ticket, by=self.reporter)

    def work(self) -> None:
        row, scope = self.ticket, self.stage.scope(self.stage.name_of(self.ticket.handler_id))
        waits = row.prio in ("P2", "P3") and self.stage.chance(0.06)
        if (waits or self.needs_parts) and not row.suspensions.exists():
            until = clock.now() + timedelta(hours=self.stage.dice.randint(18, 60))
            tickets.suspend(row, by=scope, reason="等待配件", resume_at=until)
            self.stage.soon(10, 30, self._approve)
            return
        done = self.stage.photos(row.leaf_code, scope, mended=True) if row.type == "RP" else []
        tickets.finish(
            row, by=scope, result=self.said.result or "已处理完，现场恢复正常", photos=done, parts=_parts(row)
        )
        self._next(20, 1500)

    def _approve(self) -> None:
        tickets.suspend(self.ticket, by=self.stage.scope("吴刚" if self.ticket.lead_dept == "ENG" else "何勇"))
        self._next(60, 240)

    def wait(self) -> None:
        """Parts come with the end of the suspension; now and then the owner urges before."""
        if self.stage.chance(0.1) and self.ticket.urge_count == 0:
            tickets.urge(self.ticket, by=self.reporter)
        self._next(240, 600)

    # --- the reporter's word ------------------------------------------------------------------------------------
    def judge(self) -> None:
        if self.stage.chance(0.25):
            self._next(48 * 60, 50 * 60)  # says nothing: confirmed by itself
        elif self.stage.chance(0.06) and self.ticket.reopen_count == 0:
            tickets.reject(self.ticket, by=self.reporter, reason=self.stage.dice.choice(wording.REJECTED))
            self._next(30, 120)
        else:
            tickets.confirm(self.ticket, by=self.reporter, call_id="" if self.reporter.is_owner_side else "C0826")
            self._next(3, 400)

    def rate(self) -> None:
        if self.ticket.visit_due:
            self._visit()
            return
        if self.stage.chance(0.3) or not self.reporter.is_owner_side:
            self._next(7 * 24 * 60, 8 * 24 * 60)
            return
        given = self.stage.dice.choice(STARS)
        words = self.stage.dice.choice(wording.THANKS if given > 2 else wording.BAD_WORDS)
        chips = ["FIXED", "KIND"] if given > 3 else ["LATE"] if given < 3 else []
        feedback.rate(self.ticket, stars=given, by=self.reporter, chips=chips, text=words)
        self._next(120, 1300)

    def _visit(self) -> None:
        """The quality officer calls."""
        by = self.stage.scope("郑洁")
        row = stars.revisits(by, self.ticket.community_id).filter(ticket=self.ticket).first()
        if row is not None:
            feedback.record_visit(row, result="SATISFIED", by=by, note="电话回访，业主表示问题已解决")
            self._next(600, 2000)

    def again(self) -> None:
        if self.ticket.type == "RP" and self.ticket.reopen_count == 0 and self.stage.chance(0.035):
            tickets.reopen(self.ticket, by=self.reporter, reason="过了两天又坏了，跟原来一样")
            self._next(2, 10)


def _parts(row: Ticket) -> list[dict[str, object]]:
    found = {"IN04": "龙头阀芯", "IN02": "LED驱动", "PE02": "声控灯", "AC01": "闭门器"}
    return [{"name": found[row.leaf_code], "count": 1}] if row.leaf_code in found else []
