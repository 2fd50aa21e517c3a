"""The API as its OpenAPI says it, attacked by schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from optoutlang.interfaces.gateway.api.openapi import OPERATIONS as DESCRIBED
from tests.interfaces.gateway.running import (
    AUTHORIZED,
    KEYS,
    MAIN,
    SERVICE,
    Running,
    running,
    settings_of,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(settings_of(MAIN + KEYS + SERVICE, tmp_path_factory.mktemp("gateway"))) as found:
        yield found


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [f"{each.method.upper()} {each.path}" for each in DESCRIBED]


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_the_description_says(name: str, place: Running) -> None:
    schema = schemathesis.openapi.from_url(f"{place.url}/openapi.json")
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    [operation] = [each for each in operations if each.label == name]
    strategies = [operation.as_strategy(generation_mode=each) for each in GenerationMode]

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=st.one_of(strategies))
    def attack(case: schemathesis.Case[Any]) -> None:
        response = case.call(base_url=place.url, headers=AUTHORIZED)
        case.validate_response(response, checks=CHECKS)

    attack()


def test_the_description_is_served_and_names_every_operation(place: Running) -> None:
    found = httpx.get(f"{place.url}/openapi.json").json()
    assert sorted((path, method) for path, each in found["paths"].items() for method in each) == [
        ("/v1/consents", "post"),
        ("/v1/consents/{recipient}", "get"),
        ("/v1/decide", "post"),
        ("/v1/may-send", "post"),
        ("/v1/review", "get"),
        ("/v1/review", "post"),
    ]
    assert Path(found["servers"][0]["url"]).name == "sms.example.com"
