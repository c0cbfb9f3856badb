"""The office with its people logged in."""

from collections.abc import Callable

import pytest
from django.test import Client

from anju.accounts.actions import open_resident_session, open_session
from anju.accounts.models import Staff
from anju.estate.models import Person
from tests.cast import Cast

Enter = Callable[[str], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def logged_in(staff: Staff) -> Client:
    """A browser of this member of staff."""
    client = Client()
    session = client.session
    open_session(session, staff)
    session.save()
    client.cookies["anju_session"] = session.session_key
    return client


def at_home(person: Person) -> Client:
    """A browser of this resident."""
    client = Client()
    session = client.session
    open_resident_session(session, person)
    session.save()
    client.cookies["anju_session"] = session.session_key
    return client


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """`enter("李敏")`: her browser."""
    return lambda name: logged_in(cast.garden.staff[name])
