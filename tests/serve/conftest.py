"""One office for all tests of running processes: planting takes longer than most of them."""

import pytest

from tests.serve.running import planted


@pytest.fixture(scope="session")
def site(make_office, tmp_path_factory):
    """Its environment, and the cookies and the token of people in it."""
    with make_office(tmp_path_factory.mktemp("serve")) as environment:
        yield environment, planted(environment)


@pytest.fixture
def office(site):
    """Its environment."""
    return site[0]


@pytest.fixture
def held(site):
    """Cookies of `agent`, `stranger`, `resident`, and a `token`."""
    return site[1]
