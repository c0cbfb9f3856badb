"""A whole life, two-sided: who is told what after each step, and nothing else."""

from anju.accounts import actions as accounts
from anju.channels import simulator
from anju.core import clock
from anju.journal.models import Entry
from anju.tickets.models import Ticket
from anju.worker import loop
from tests.cast import Cast


class Ear:
    """Hears everything since it last listened: {name: [templates]}."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.seen = cast, 0
        people = [*cast.garden.staff, *cast.garden.people]
        self.names = {cast.address(name): name for name in people}

    def __call__(self) -> dict[str, list[str]]:
        loop.until(clock.now())
        heard = simulator.messages()[self.seen :]
        self.seen += len(heard)
        found: dict[str, list[str]] = {}
        for one in heard:
            found.setdefault(self.names[one.recipient], []).append(one.template)
        return found


def test_from_report_to_stars_by_hand(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    ear = Ear(cast)
    ticket = cast.report()
    assert ear() == {"张伟": ["T101"]}
    cast.do("accept", ticket, "李敏")
    assert ear() == {}
    assert ticket.accountable.name == ticket.first_contact.name == "李敏"
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    assert ear() == {"陈师傅": ["T201"]}
    cast.do("take", ticket, "陈师傅", eta=30)
    assert ear() == {"张伟": ["T102"]}
    ticket = Ticket.objects.get(id=ticket.id)
    assert ticket.accountable.name == "陈师傅"
    cast.do("start", ticket, "陈师傅", proof={"geo": {"lat": 31.0, "lng": 121.0}})
    assert ear() == {"张伟": ["T103"]}
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    assert ear() == {"张伟": ["T106"]}
    cast.do("confirm", ticket, "张伟")
    assert ear() == {"张伟": ["T107"]}
    cast.do("close", ticket, "郑洁")
    assert ear() == {}
    entries = Entry.objects.filter(subject_type="ticket", subject_id=ticket.id).order_by("seq")
    assert [row.seq for row in entries] == list(range(1, len(entries) + 1))
    assert [row.verb.removeprefix("tickets.") for row in entries if row.data.get("to")] == [
        "accept",
        "dispatch",
        "take",
        "start",
        "finish",
        "confirm",
        "close",
    ]


def test_by_itself_a_clear_small_thing_is_accepted_and_offered(cast: Cast) -> None:
    ear = Ear(cast)
    ticket = cast.report()
    assert (ticket.status, ticket.handler.name, ticket.accountable.name) == ("DISPATCHED", "陈师傅", "李敏")
    assert ear() == {"张伟": ["T101"], "陈师傅": ["T201"]}
    assert ticket.clocks.get(kind="RESP").state == "RUNNING"


def test_what_is_not_clear_waits_for_a_person(cast: Cast) -> None:
    assert cast.report("你好，在吗").status == "NEW"
    assert cast.report("马桶堵了，水往外溢").status == "NEW"  # P1 is confirmed by a person


def test_an_emergency_is_called_out_before_it_is_confirmed(cast: Cast) -> None:
    ear = Ear(cast)
    ticket = cast.report("家里厨房水管爆了，水止不住")
    assert (ticket.status, ticket.prio, ticket.leaf_code) == ("NEW", "P0", "IN03")
    heard = ear()
    assert heard["张伟"] == ["T121", "T121"]
    assert sorted(set(heard["陈师傅"])) == ["T206", "T207"]
    assert set(heard) == {"张伟", "陈师傅"}
    cast.at("09:03:01")
    assert sorted(ear()["吴刚"]) == ["T206", "T207"]
    cast.do("accept", ticket, "李敏")
    assert ticket.status == "DISPATCHED"


def test_an_offer_nobody_takes_is_made_again_once_then_the_supervisor_knows(cast: Cast) -> None:
    ear = Ear(cast)
    cast.garden.members["马师傅"].on_shift = True
    cast.garden.members["马师傅"].save()
    ticket = cast.report()
    ear()
    cast.at("09:15:01")
    ticket = Ticket.objects.get(id=ticket.id)
    assert (ticket.status, ticket.handler.name) == ("DISPATCHED", "马师傅")
    assert ear() == {"李敏": ["T202"], "赵静": ["T203"], "马师傅": ["T201"]}
    cast.at("09:30:02")
    assert ear() == {"吴刚": ["T203"]}
    assert Ticket.objects.get(id=ticket.id).handler.name == "马师傅"


def test_without_anybody_the_supervisor_knows_at_once_and_css_after_five_minutes(cast: Cast) -> None:
    for name in ("陈师傅", "马师傅"):
        row = cast.garden.members[name]
        row.on_shift = False
        row.save()
    ear = Ear(cast)
    ticket = cast.report()
    assert ticket.status == "ACCEPTED"
    assert ear() == {"张伟": ["T101"], "吴刚": ["T211"]}
    cast.at("09:05:01")
    assert ear() == {"赵静": ["T211"]}
    accounts.set_shift(cast.garden.members["马师傅"], on=True, by=cast.scope("马师傅"))
    assert ear() == {"马师傅": ["T201"]}
    assert Ticket.objects.get(id=ticket.id).status == "DISPATCHED"
