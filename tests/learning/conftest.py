"""The cast, with nothing accepted by itself."""

import pytest

from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    cast.freeze("accept", "merge")
    return cast
