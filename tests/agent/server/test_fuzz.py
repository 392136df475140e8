"""schemathesis against the API: whatever its schema allows is answered as documented."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks as openapi

CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
]
OPERATIONS = [
    ("GET", "/api/ask"), ("POST", "/api/ask"), ("GET", "/api/ask/stream"), ("GET", "/api/search"),
    ("GET", "/api/entity"), ("GET", "/api/path"), ("GET", "/api/diff"), ("GET", "/api/series"),
    ("GET", "/api/reports"), ("GET", "/api/reports/{report}"), ("GET", "/api/health"),
]  # fmt: skip


@pytest.fixture(scope="module")
def schema(server: Any) -> Any:
    return schemathesis.openapi.from_url(server.url + "/api/openapi.json")


def test_every_operation_is_fuzzed(schema: Any) -> None:
    found = {(o.ok().method.upper(), o.ok().path) for o in schema.get_all_operations()}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_answers_as_documented(schema: Any, method: str, path: str) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy())
    def answered(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    answered()
