"""The journal: gap-free, told at least once and in order, keys remembered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from anju.core.clock import VirtualClock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.journal import actions, news, queries, run
from anju.journal.models import Entry, News

pytestmark = pytest.mark.django_db
HEARD: list[int] = []


@pytest.fixture(autouse=True)
def listener() -> Iterator[None]:
    HEARD.clear()

    @news.listen("test.said")
    def hear(entry: Entry) -> None:
        if entry.data.get("poison"):
            raise RuntimeError("poison")
        HEARD.append(entry.seq)

    yield
    news._listeners.pop("test.said")


def say(**data: object) -> Entry:
    return actions.record("test.said", subject=("thing", 1), community_id=None, by=SYSTEM, data=dict(data))


def test_numbers_have_no_gap() -> None:
    assert [say().seq for _time in range(3)] == [1, 2, 3]
    assert [row.seq for row in queries.of("thing", 1)] == [1, 2, 3]


def test_news_is_told_in_order_and_once() -> None:
    for _time in range(3):
        say()
    assert run.waiting()
    assert (run.due(), HEARD) == (3, [1, 2, 3])
    assert (run.due(), run.waiting(), News.objects.count()) == (0, False, 0)


def test_poison_news_is_parked(clock: VirtualClock, errors_logged: list[str]) -> None:
    say(poison=True)
    say()
    for _attempt in range(run.MAX_ATTEMPTS + 1):
        run.due()
        clock.advance(timedelta(hours=1))
    assert HEARD == [2]
    assert list(News.objects.values_list("parked", "error")) == [(True, "RuntimeError")]
    assert errors_logged


def test_who_listens_to_what() -> None:
    assert "test.said" in news.everyone()
    assert news.listener("test.said", "nobody") is None


def test_a_key_remembers_its_first_result() -> None:
    print_of = actions.fingerprint({"a": 1})
    assert actions.first_result("me", "k", print_of) is None
    actions.remember("me", "k", print_of, ("thing", 7))
    assert actions.first_result("me", "k", print_of) == ("thing", 7)
    assert actions.first_result("you", "k", print_of) is None
    for call in (
        lambda: actions.first_result("me", "k", actions.fingerprint({"a": 2})),
        lambda: actions.remember("me", "k", print_of, ("thing", 8)),
    ):
        with pytest.raises(Refused) as no:
            call()
        assert no.value.status == 409
