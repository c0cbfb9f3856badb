"""The office with a screen on its wall."""

import pytest
from django.test import Client

from anju.accounts import screens
from anju.accounts.actions.screens import hang
from anju.accounts.models import Screen
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    cast.freeze("accept", "dispatch")
    return cast


@pytest.fixture
def screen(cast: Cast) -> Screen:
    """Hung by the supervisor."""
    return hang(cast.community, "监控室", by=cast.scope("赵静"))


def link(screen: Screen) -> str:
    """The address that is typed into the screen."""
    return f"/wall/{screens.link(screen)}/"


@pytest.fixture
def stranger() -> Client:
    """A browser nobody is logged in at."""
    return Client()
