"""One lab for the module, put back to its beginning for each test."""

from collections.abc import Iterator

import pytest

from tests.conftest import MakeOffice
from tests.lab.driver import Lab


@pytest.fixture(scope="module")
def running(make_office: MakeOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with make_office(tmp_path_factory.mktemp("lab")) as office:
        lab = Lab(office)
        yield lab
        assert lab.stop() == 0


@pytest.fixture
def lab(running: Lab) -> Iterator[Lab]:
    running.reset()
    yield running
    running.audit()


@pytest.fixture
def calm(lab: Lab) -> Lab:
    """A lab in which nothing is accepted or dispatched by itself."""
    lab.freeze("accept", "dispatch")
    return lab
