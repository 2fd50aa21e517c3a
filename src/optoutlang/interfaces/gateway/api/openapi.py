"""The API as OpenAPI 3.1, made of the types that check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from optoutlang.interfaces.gateway.api import shapes
from optoutlang.interfaces.gateway.settings.model import Scope

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Schemas = dict[type[msgspec.Struct], Json]
_REF = "#/components/schemas/{name}"
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint: what goes in and out, the scope that a key needs, and the problems that it can answer."""

    path: str
    method: str
    summary: str
    scope: Scope | None
    answers: tuple[type[msgspec.Struct], ...]
    takes: type[msgspec.Struct] | None = None
    problems: tuple[int, ...] = ()
    parameters: tuple[Mapping[str, Json], ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)


def _parameter(
    name: str, where: str, schema: dict[str, Json], *, required: bool
) -> dict[str, Json]:
    return {"name": name, "in": where, "required": required, "schema": schema}


OPERATIONS = (
    Operation(
        "/v1/may-send",
        "post",
        "May these people be texted now?",
        Scope.MAY_SEND,
        (shapes.Verdict, shapes.Verdicts),
        shapes.MaySend,
        (400, 408, 413, 415, 422, 503),
    ),
    Operation(
        "/v1/consents/{recipient}",
        "get",
        "What a recipient wants, and how it came to that.",
        Scope.CONSENTS_READ,
        (shapes.Consents,),
        None,
        (422, 503),
        (
            _parameter(
                "recipient",
                "path",
                {"type": "string", "minLength": 1, "maxLength": 64},
                required=True,
            ),
        ),
    ),
    Operation(
        "/v1/consents",
        "post",
        "Words about consent from elsewhere, as items of Twilio's Consent API.",
        Scope.CONSENTS_WRITE,
        (shapes.ConsentResults,),
        shapes.ConsentItems,
        (400, 408, 413, 415, 422, 503),
    ),
    Operation(
        "/v1/review",
        "get",
        "What waits for a person.",
        Scope.REVIEW,
        (shapes.Reviews,),
        None,
        (422, 503),
        (
            _parameter(
                "limit", "query", {"type": "integer", "minimum": 1, "maximum": 1000}, required=False
            ),
            _parameter("after", "query", {"type": "string", "maxLength": 300}, required=False),
        ),
    ),
    Operation(
        "/v1/review",
        "post",
        "Accept or reject what waits.",
        Scope.REVIEW,
        (shapes.Outcome,),
        shapes.ReviewDecision,
        (400, 404, 408, 413, 415, 422, 503),
    ),
    Operation(
        "/v1/decide",
        "post",
        "What would this message mean, and why?",
        Scope.DECIDE,
        (shapes.Meaning,),
        shapes.Message,
        (400, 408, 413, 415, 422),
    ),
)


def openapi(public_url: str, version: str) -> bytes:
    """Return the description of the API, as JSON."""
    kinds = {
        each: None for one in OPERATIONS for each in (*one.answers, one.takes or shapes.Problem)
    }
    kinds[shapes.Problem] = None
    found, schemas = msgspec.json.schema_components(list(kinds), ref_template=_REF)
    schema: Schemas = dict(zip(kinds, found, strict=True))
    paths: dict[str, dict[str, Json]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method] = _operation(one, schema)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "optoutlang gateway", "version": version},
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }
    return msgspec.json.encode(document)


def _operation(one: Operation, schema: Schemas) -> dict[str, Json]:
    refused: dict[str, Json] = {
        "description": "A problem.",
        "content": {"application/problem+json": {"schema": schema[shapes.Problem]}},
    }
    kinds: list[Json] = [schema[each] for each in one.answers]
    good: Json = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    answers: dict[str, Json] = {"200": {"description": "OK", "content": {_JSON: {"schema": good}}}}
    answers |= {str(each): refused for each in (*one.problems, 401, 403, 429, 500)}
    made: dict[str, Json] = {
        "summary": one.summary,
        "operationId": f"{one.method}-{one.path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        "responses": answers,
        "security": [{"key": []}],
    }
    if one.parameters:
        made["parameters"] = [dict(each) for each in one.parameters]
    if one.takes is not None:
        made["requestBody"] = {
            "required": True,
            "content": {_JSON: {"schema": schema[one.takes]}},
        }
    return made
