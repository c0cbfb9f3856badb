"""Schemathesis on the API's own description: no crash, no answer that is not described."""

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from anju.accounts import actions as accounts
from tests.cast import Cast

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
application = get_wsgi_application()


@pytest.fixture
def headers(transactional_db: None) -> dict[str, str]:
    cast = Cast()
    cast.report()
    return {"Authorization": f"Bearer {accounts.issue_token(staff=cast.garden.staff['赵静'])}"}


def test_nothing_is_found(headers: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=headers)

    @hypothesis.settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
        database=None,
    )
    @hypothesis.given(hypothesis.strategies.data())
    def tried(data: hypothesis.strategies.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        case.call_and_validate(headers=headers, checks=CHECKS)

    for found in schema.get_all_operations():
        operation = found.ok()
        tried()
