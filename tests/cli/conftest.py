"""One office with its tables for all commands that only need some."""

import pytest

from tests.serve.running import anju


@pytest.fixture(scope="session")
def office(make_office, tmp_path_factory):
    """Its environment."""
    with make_office(tmp_path_factory.mktemp("cli")) as environment:
        assert anju(environment, "migrate", "--verbosity", "0").returncode == 0
        yield environment
