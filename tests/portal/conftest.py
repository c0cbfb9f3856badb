"""The garden, its codes, and phones of passers-by and residents."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from anju.estate import labels
from anju.estate.actions import label_of
from anju.tickets.models import Ticket
from tests.cast import Cast
from tests.desk.conftest import at_home
from tests.pictures import photo

Code = Callable[[str], str]


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def code(cast: Cast) -> Code:
    """`code("EL-0301-1")`: the signed text on the sticker."""
    return lambda name: labels.signed(label_of(cast.garden.assets.get(name) or cast.garden.places[name]).code)


@pytest.fixture
def zhang(cast: Cast) -> Client:
    """张伟, logged in."""
    return at_home(cast.garden.people["张伟"])


def upload(data: bytes | None = None, name: str = "a.jpg") -> SimpleUploadedFile:
    """A chosen photo."""
    return SimpleUploadedFile(name, photo() if data is None else data, "image/jpeg")


def text(answer: HttpResponse) -> str:
    """The page."""
    return answer.content.decode()


def once(key: str = "a") -> str:
    """A key as a form carries it."""
    return (key * 22)[:22]


def newest() -> Ticket:
    return Ticket.objects.order_by("-id").first()
