"""The tables of `samples` exist for the whole session, beside those that migrations make."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.vault.samples import Firm, Person


@pytest.fixture(scope="session")
def sample_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Persons and firms in the test database."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Person)
        editor.create_model(Firm)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Firm)
        editor.delete_model(Person)
