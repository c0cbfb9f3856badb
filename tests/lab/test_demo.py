"""anju demo: what a visitor finds."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from anju.core import clock
from anju.core.chance import dice
from anju.estate.models import Room
from anju.feedback.models import Rating
from anju.lab.demo import command, pictures, story, wording
from anju.lab.demo.stage import Stage
from anju.tickets.models import Photo, Ticket
from anju.worker import loop

ASKED = Namespace(quiet=False)


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    until = clock.now()
    with clock.using(clock.VirtualClock(until - timedelta(days=2))):
        yield story.tell(until, a_day=6)


def test_what_a_visitor_finds(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    _every_light_and_state()
    _odd_rooms()
    _the_day_shift(stage)
    before = Ticket.objects.count()
    assert command.run(ASKED) == 0
    said = capsys.readouterr().out
    assert ("anju-2026" in said, "/r/" in said, Ticket.objects.count()) == (True, True, before)

    stage.garden.community.code = "a-real-one"
    stage.garden.community.save()
    assert command.run(ASKED) == 1
    assert "ANJU_DATA_DIR" in capsys.readouterr().err


def _every_light_and_state() -> None:
    tickets = list(Ticket.objects.all())
    lights = Counter(ticket.light for ticket in tickets if ticket.is_open)
    assert set(lights) == {"RED", "YELLOW", "GREEN", "GREY"}
    assert {ticket.status for ticket in tickets} >= {
        "NEW",
        "ACCEPTED",
        "DISPATCHED",
        "TAKEN",
        "IN_PROGRESS",
        "SUSPENDED",
    }
    unheld = [ticket.title for ticket in tickets if ticket.is_open and not ticket.held]
    assert unheld == ["缴费扣了两次，一共扣了我386元，请退一次"]
    assert sum(ticket.master_id is not None for ticket in tickets) >= 2
    assert {ticket.channel for ticket in tickets} >= {"qr", "miniprogram", "phone", "counter", "staff"}
    assert (Photo.objects.count() > 10, Rating.objects.exists()) == (True, True)
    due = loop.next_due()
    assert due is not None
    assert due > clock.now()


def _odd_rooms() -> None:
    codes = set(Room.objects.values_list("full_code", flat=True))
    assert codes >= {"88号", "S-07", "B1", "B1-007", "5-2-3A01", "1-1-3A02"}
    assert len(codes) > 200


def _the_day_shift(stage: Stage) -> None:
    for row in stage.garden.members.values():
        row.refresh_from_db()
    on = {row.staff.name for row in stage.garden.members.values() if row.on_shift}
    assert on >= {"李敏", "高工", "陈师傅", "孙涛", "蔡姐", "吴刚", "周强"}
    assert not on & {"外包01", "马师傅"}


@pytest.mark.parametrize("leaf", sorted(pictures.SCENES))
def test_pictures_differ_before_and_after(leaf: str) -> None:
    before, after = (pictures.take(leaf, dice(1), mended=mended) for mended in (False, True))
    assert Image.open(BytesIO(before)).size == pictures.SIZE
    assert before != after


def test_every_result_can_be_written_down() -> None:
    short = [said.text for group, _share in wording.MIX for said in group if 0 < len(said.result) < 5]
    assert short == []


def test_dice_with_one_seed_fall_alike() -> None:
    assert [dice(7).random() for _ in range(2)] == [dice(7).random()] * 2
