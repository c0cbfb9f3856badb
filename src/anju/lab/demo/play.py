"""The play: whoever has a ticket in hand does the next step after a while, through the product's own actions.

Each state has one function. It does the step, or passes a turn of the plot, and gives the minutes until somebody looks
at this ticket again; None when nobody will.
"""

from collections.abc import Callable
from datetime import timedelta

from anju.accounts.models import Staff
from anju.core import clock
from anju.core.errors import Refused
from anju.feedback import actions as feedback
from anju.lab.demo import stories
from anju.lab.demo.office import Office
from anju.lab.demo.plot import Plot, report
from anju.tickets import actions as tickets
from anju.tickets.choices import Status
from anju.tickets.models import Ticket

OFFICE_WORK = {"FIN": "钱丽", "QLT": "郑洁", "COMP": "林悦", "PM": "周强"}
"""Who does what needs no visit, by department; the desk does the rest."""
LOOK_AGAIN = 25.0
NIGHT = (22, 7)
STARS = (5,) * 11 + (4,) * 5 + (3, 3, 2, 1)


class Play:
    """All plots on one stage."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.dice = office.dice

    def begin(self, plot: Plot) -> None:
        """Put a report in the queue."""
        self.office.stage.at(plot.at, lambda: self._report(plot))

    def _report(self, plot: Plot) -> None:
        report(self.office, plot)
        self._again(plot, self.dice.uniform(0.4, 4) * plot.slow)

    def _again(self, plot: Plot, minutes: float | None) -> None:
        if minutes is not None:
            self.office.stage.after(minutes, lambda: self._look(plot))

    def _look(self, plot: Plot) -> None:
        ticket = plot.ticket
        if ticket is None:
            return
        ticket.refresh_from_db()
        if ticket.master_id or ticket.status == plot.stop:
            return
        try:
            self._again(plot, STEPS[ticket.status](self, plot, ticket))
        except Refused:
            self._again(plot, LOOK_AGAIN)
            raise

    # --- at the desk ------------------------------------------------------------------------------------------------
    def new(self, plot: Plot, ticket: Ticket) -> float | None:
        if plot.takes("cancel"):
            tickets.cancel(ticket, by=plot.theirs)
            return None
        if plot.takes("duplicate"):
            tickets.cancel(ticket, by=self.office.agent(), reason="与上一单重复，已电话告知")
            return None
        if self._answerable(plot, ticket):
            return self._answer(plot, ticket)
        leaf = plot.story.leaf if ticket.leaf_code != plot.story.leaf else ""
        if plot.story.leaf == "ZZ99":
            leaf = "ST03"
        tickets.accept(ticket, by=self.office.agent(), leaf=leaf)
        return self.dice.uniform(0.5, 6) * plot.slow

    def _answerable(self, plot: Plot, ticket: Ticket) -> bool:
        if ticket.type in ("IQ", "PR", "SG"):
            return plot.story.where != "unit"
        return ticket.type == "RQ" and ticket.leaf.arrival_min is None

    def _answer(self, plot: Plot, ticket: Ticket) -> float | None:
        by = self.office.named(OFFICE_WORK.get(ticket.lead_dept, "")) if ticket.lead_dept in ("FIN", "QLT") else None
        tickets.answer(ticket, by=by or self.office.agent(), answer_text=plot.story.words)
        return self.dice.uniform(20, 900)

    def accepted(self, plot: Plot, ticket: Ticket) -> float | None:
        if self._answerable(plot, ticket):
            return self._answer(plot, ticket)
        if self.dice.random() < 0.2:
            tickets.note(ticket, by=self.office.agent(), note_text=self.dice.choice(stories.NOTES))
        tickets.dispatch(ticket, by=self.office.agent(), to=self._clerk(ticket))
        return self.dice.uniform(0.5, 5) * plot.slow

    def _clerk(self, ticket: Ticket) -> Staff | None:
        if ticket.leaf.arrival_min is not None:
            return None
        names = {"SEC": "何勇", "CS": "赵静", "ENG": "吴刚"} | OFFICE_WORK
        return self.office.garden.staff[names[ticket.lead_dept]]

    # --- on the way and on the job ------------------------------------------------------------------------------
    def dispatched(self, plot: Plot, ticket: Ticket) -> float | None:
        worker = self.office.by(ticket.handler_id)
        if plot.takes("decline"):
            tickets.decline(ticket, by=worker, reason=self.dice.choice(("BUSY", "SKILL")))
            return self.dice.uniform(0.5, 4)
        minutes = int(self.dice.uniform(5, 9) if ticket.prio == "P0" else self.dice.uniform(12, 45) * plot.slow)
        tickets.take(ticket, by=worker, eta=minutes)
        return minutes + self.dice.uniform(-3, 6)

    def taken(self, plot: Plot, ticket: Ticket) -> float | None:
        worker = self.office.by(ticket.handler_id)
        if plot.takes("urge"):
            tickets.urge(ticket, by=plot.theirs)
            return self.dice.uniform(4, 15)
        if plot.takes("return"):
            tickets.give_back(ticket, by=worker, reason="这种锁要专门的工具，我这里没有")
            return self.dice.uniform(2, 8)
        if plot.takes("late"):
            eta = clock.now() + timedelta(minutes=40)
            tickets.delay(ticket, by=worker, eta=eta, reason="上一户还没修完")
            return 38.0
        community = self.office.garden.community
        geo = {"lat": community.lat or 0.0, "lng": community.lng or 0.0}
        tickets.start(ticket, by=worker, proof={"geo": geo})
        longest = ticket.leaf.resolve_min * (0.2 if ticket.leaf.resolve_min > 600 else 0.5)
        return min(self.dice.uniform(15, 110), longest) * plot.slow

    def working(self, plot: Plot, ticket: Ticket) -> float | None:
        worker = self.office.by(ticket.handler_id)
        for trick in ("quote", "suspend", "approve", "parts_suspend"):
            if plot.takes(trick):
                return TURNS[trick](self, plot, ticket)
        last = ticket.quotes.order_by("-id").first()
        if last is not None and last.state == "SENT":
            tickets.confirm_quote(ticket, by=plot.theirs)
            return self.dice.uniform(10, 60)
        photos = [self.office.photo(ticket.leaf_code, worker, mended=True)] if ticket.type == "RP" else []
        tickets.finish(ticket, by=worker, result=plot.story.words, photos=photos)
        return self.dice.uniform(30, 1200)

    def _quote(self, plot: Plot, ticket: Ticket) -> float | None:
        part = self.dice.choice((2800, 4500, 6900, 12800))
        lines = [{"name": "配件", "kind": "material", "fen": part}, {"name": "上门安装", "kind": "labour", "fen": 5000}]
        tickets.quote(ticket, by=self.office.by(ticket.handler_id), lines=lines)
        return self.dice.uniform(5, 40)

    def _wait_for_owner(self, plot: Plot, ticket: Ticket) -> float | None:
        until = clock.now() + timedelta(hours=self.dice.randint(6, 20))
        tickets.suspend(ticket, by=self.office.by(ticket.handler_id), reason="OWNER", resume_at=until)
        return 60.0

    def _ask_for_parts(self, plot: Plot, ticket: Ticket) -> float | None:
        until = clock.now() + timedelta(days=self.dice.randint(1, 3))
        tickets.suspend(ticket, by=self.office.by(ticket.handler_id), reason="PARTS", resume_at=until)
        plot.tricks.add("approve")
        return self.dice.uniform(5, 30)

    def _approve(self, plot: Plot, ticket: Ticket) -> float | None:
        tickets.suspend(ticket, by=self.office.named("吴刚"))
        return 60.0

    def suspended(self, plot: Plot, ticket: Ticket) -> float | None:
        return 120.0

    # --- the reporter's word --------------------------------------------------------------------------------------
    def finished(self, plot: Plot, ticket: Ticket) -> float | None:
        if self._is_night():
            return 400.0
        if plot.takes("reject"):
            tickets.reject(ticket, by=plot.theirs, reason=self.dice.choice(stories.REJECTS))
            return self.dice.uniform(60, 200)
        if plot.takes("silent"):
            return 60.0 * 49
        tickets.confirm(ticket, by=plot.theirs)
        return self.dice.uniform(2, 600)

    def rated(self, plot: Plot, ticket: Ticket) -> float | None:
        if self._is_night():
            return 400.0
        if ticket.type in ("PR", "SG") or self.dice.random() < 0.3:
            return None
        stars = 1 if plot.takes("angry") else self.dice.choice(STARS)
        words = self.dice.choice(stories.PRAISES if stars > 3 else stories.GRUMBLES)
        chips = ["FIXED", "KIND"] if stars > 3 else ["LATE", "NOT_FIXED"]
        feedback.rate(ticket, stars=stars, by=plot.theirs, chips=chips[: self.dice.randint(0, 2)], text=words)
        return self.dice.uniform(600, 3000) if "reopen" in plot.tricks else None

    def closed(self, plot: Plot, ticket: Ticket) -> float | None:
        if not plot.takes("reopen"):
            return None
        tickets.reopen(ticket, by=plot.theirs, reason=self.dice.choice(stories.REOPENS))
        return self.dice.uniform(2, 8)

    def _is_night(self) -> bool:
        hour = clock.local(clock.now()).hour
        return hour >= NIGHT[0] or hour < NIGHT[1]


Step = Callable[[Play, Plot, Ticket], float | None]
STEPS: dict[str, Step] = {
    Status.NEW: Play.new,
    Status.ACCEPTED: Play.accepted,
    Status.DISPATCHED: Play.dispatched,
    Status.TAKEN: Play.taken,
    Status.IN_PROGRESS: Play.working,
    Status.SUSPENDED: Play.suspended,
    Status.PENDING_ACCEPTANCE: Play.finished,
    Status.PENDING_VISIT: Play.rated,
    Status.CLOSED: Play.closed,
    Status.CANCELLED: lambda play, plot, ticket: None,
}
TURNS: dict[str, Step] = {
    "quote": Play._quote,
    "suspend": Play._wait_for_owner,
    "approve": Play._approve,
    "parts_suspend": Play._ask_for_parts,
}
