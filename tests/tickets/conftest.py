"""Every ticket test has the cast."""

import pytest

from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def calm(cast: Cast) -> Cast:
    """Nothing is accepted or dispatched by rules."""
    cast.freeze("accept", "dispatch")
    return cast
