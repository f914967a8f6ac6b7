"""The description of `/api`: an OpenAPI document made from the models in `api_schema`, and a plain page of it."""

from html import escape
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from assistant.api_schema import (
    AnswerEvent,
    AskBody,
    ErrorBody,
    HealthBody,
    NoticeEvent,
    PassagesEvent,
    SearchBody,
    SearchQuery,
    StepFinishedEvent,
    StepStartedEvent,
    TokenEvent,
)
from assistant.version import VERSION

EVENTS: dict[str, type[BaseModel]] = {
    "step_started": StepStartedEvent,
    "step_finished": StepFinishedEvent,
    "passages": PassagesEvent,
    "token": TokenEvent,
    "notice": NoticeEvent,
    "answer": AnswerEvent,
    "error": ErrorBody,
}
"""The name of each server-sent event of `/api/ask` and the model of its data."""

_BODIES: tuple[type[BaseModel], ...] = (AskBody, SearchBody, HealthBody, *EVENTS.values())
_ERRORS = {
    "403": "The caller is not on this computer.",
    "422": "A value is missing or out of bounds.",
    "503": "The library cannot be used now.",
}


def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    _, definitions = models_json_schema(
        [(body, "serialization") for body in _BODIES], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Salescoach",
            "version": VERSION,
            "description": "Search the library and ask the coach. Answers only on this computer; there is no sign-in.",
        },
        "paths": {
            "/api/health": {"get": _operation("health", "Whether the library is open, and its counts.", HealthBody)},
            "/api/search": {
                "get": {
                    **_operation("search", "Passages for a question, best first.", SearchBody),
                    "parameters": _query_parameters(SearchQuery),
                }
            },
            "/api/ask": {"post": _ask_operation()},
        },
        "components": {"schemas": definitions["$defs"]},
    }


def documentation_page() -> str:
    """Return the document as one HTML page without scripts or outside files."""
    document = openapi_document()
    sections = [
        _path_section(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = [_schema_section(name, schema) for name, schema in document["components"]["schemas"].items()]
    info = document["info"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1><p>{escape(info['description'])} "
        '<a href="openapi.json">openapi.json</a></p>'
        f"{''.join(sections)}<h2>Shapes</h2>{''.join(schemas)}</body></html>"
    )


def _operation(name: str, summary: str, body: type[BaseModel]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": _response("The result.", "application/json", _reference(body)), **_error_responses()},
    }


def _ask_operation() -> dict[str, Any]:
    lines = "\n".join(f"- `{name}`: data is `{body.__name__}`" for name, body in EVENTS.items())
    return {
        "operationId": "ask",
        "summary": "An answer as server-sent events; the last is `answer`, or `error` when it fails half-way.",
        "description": f"Each event has a name and one line of JSON:\n{lines}\n\nHanging up stops the coach.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": _reference(AskBody)}}},
        "responses": {
            "200": _response("The events.", "text/event-stream", {"type": "string"}),
            "404": _response("There is no such conversation.", "application/json", _reference(ErrorBody)),
            **_error_responses(),
        },
    }


def _error_responses() -> dict[str, Any]:
    return {
        status: _response(description, "application/json", _reference(ErrorBody))
        for status, description in _ERRORS.items()
    }


def _response(description: str, media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _reference(body: type[BaseModel]) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{body.__name__}"}


def _query_parameters(query: type[BaseModel]) -> list[dict[str, Any]]:
    schema = query.model_json_schema()
    definitions = schema.get("$defs", {})
    parameters = []
    for name, field in schema["properties"].items():
        parameters.append(
            {
                "name": name,
                "in": "query",
                "required": name in schema.get("required", []),
                "description": field.get("description", ""),
                "schema": _inlined({key: value for key, value in field.items() if key != "description"}, definitions),
            }
        )
    return parameters


def _inlined(value: object, definitions: dict[str, object]) -> object:
    """Return a schema with its local references replaced by what they point at."""
    if isinstance(value, list):
        return [_inlined(item, definitions) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return definitions[value["$ref"].rsplit("/", 1)[-1]]
    return {key: _inlined(item, definitions) for key, item in value.items()}


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c2824}"
    "code,pre{font-size:.9em;background:#f2eee5;padding:.1em .3em;border-radius:.25em}pre{padding:.75em;overflow:auto}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25em .75em .25em 0;"
    "border-bottom:1px solid #ddd7c9}h3{margin-top:2em}"
)


def _path_section(path: str, method: str, operation: dict[str, Any]) -> str:
    rows = [
        (item["name"], "required" if item["required"] else "", item["description"])
        for item in operation.get("parameters", [])
    ]
    described = operation.get("description", "")
    answers = [(status, answer["description"], "") for status, answer in operation["responses"].items()]
    return (
        f"<h2>{escape(method.upper())} <code>{escape(path)}</code></h2><p>{escape(operation['summary'])}</p>"
        + (f"<pre>{escape(described)}</pre>" if described else "")
        + (_table(("Parameter", "", ""), rows) if rows else "")
        + _table(("Status", "", ""), answers)
    )


def _schema_section(name: str, schema: dict[str, Any]) -> str:
    rows = [
        (field, _type_name(definition), definition.get("description", ""))
        for field, definition in schema.get("properties", {}).items()
    ]
    values = ", ".join(str(value) for value in schema.get("enum", []))
    return (
        f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(schema.get("description", ""))}</p>'
        + (f"<p>One of: {escape(values)}</p>" if values else "")
        + (_table(("Field", "Type", ""), rows) if rows else "")
    )


def _type_name(definition: dict[str, Any]) -> str:
    if "$ref" in definition:
        return str(definition["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in definition:
        return " or ".join(_type_name(option) for option in definition["anyOf"])
    if "enum" in definition:
        return " | ".join(str(value) for value in definition["enum"])
    if definition.get("type") == "array":
        return f"list of {_type_name(definition.get('items', {}))}"
    return str(definition.get("type", "any"))


def _table(head: tuple[str, str, str], rows: list[tuple[str, str, str]]) -> str:
    cells = "".join(
        f"<tr><td><code>{escape(first)}</code></td><td>{escape(second)}</td><td>{escape(third)}</td></tr>"
        for first, second, third in rows
    )
    heads = "".join(f"<th>{escape(text)}</th>" for text in head)
    return f"<table><tr>{heads}</tr>{cells}</table>"
