"""The description of the API: for programs as OpenAPI, for programmers as a page that needs no script."""

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from api.main import api
from api.openapi import ExampledSchema
from api.problems import NOT_AN_ADDRESS, problem_response
from api.rendering import json_bytes


@cache
def _schema() -> ExampledSchema:
    return api.get_openapi_schema()


def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI description as JSON."""
    return HttpResponse(json_bytes(_schema()), content_type="application/json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the same description as a page: parameters, fields, examples, and a command to try each address."""
    schema = _schema()
    origin = f"{request.scheme}://{request.get_host()}"
    operations = [
        _operation(schema, path, operation, origin)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method == "get"
    ]
    groups = [
        {**tag, "operations": [item for item in operations if tag["name"] in item["tags"]]}
        for tag in schema["tags"]
    ]
    context = {
        "title": schema["info"]["title"],
        "version": schema["info"]["version"],
        "paragraphs": schema["info"]["description"].split("\n\n"),
        "groups": groups,
        "origin": origin,
        "crumbs": [("API", "")],
    }
    return render(request, "api/docs.html", context)


def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address that the API does not have; one with a slash too many leads to the one without."""
    if request.path.endswith("/") and rest:
        plain = request.path.rstrip("/")
        try:
            match = resolve(plain)
        except Resolver404:
            match = None
        if match and match.url_name != "not-found":
            query = request.GET.urlencode()
            return redirect(plain + (f"?{query}" if query else ""), permanent=True)
    return problem_response(request, 404, NOT_AN_ADDRESS)


def _operation(schema: ExampledSchema, path: str, operation: dict[str, Any], origin: str) -> dict[str, Any]:
    """Return what the page says of one address."""
    parameters = [_parameter(parameter) for parameter in operation["parameters"]]
    shape = operation["responses"][200]["content"]["application/json"]
    tried = path
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            tried = tried.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
    query = {
        p["name"]: p["example"] for p in operation["parameters"] if p["in"] == "query" and p.get("example")
    }
    query |= {
        p["name"]: p["schema"]["examples"][0]
        for p in operation["parameters"]
        if p["in"] == "query" and p["schema"].get("examples")
    }
    tried += f"?{urlencode(query)}" if query else ""
    return {
        "id": operation["operationId"],
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "tags": operation["tags"],
        "parameters": parameters,
        "fields": _fields(schema, shape["schema"]),
        "example": json.dumps(shape["example"], indent=2, ensure_ascii=False),
        "command": f"curl '{origin}{tried}'",
        "problems": [
            (status, answer["description"])
            for status, answer in sorted(operation["responses"].items())
            if status >= 400
        ],
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    kinds = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    kind = kinds[0] if kinds else {}
    default = schema.get("default")
    return {
        "name": parameter["name"],
        "type": _type_name(kind),
        "default": "" if default in (None, "", [], False) else default,
        "description": parameter.get("description", ""),
    }


_TYPES = {
    "integer": "angka bulat", "number": "angka", "boolean": "ya/tidak", "string": "teks", "object": "objek",
    "null": "kosong",
}  # fmt: skip
_FORMATS = {"date": "tanggal", "date-time": "waktu"}


def _type_name(schema: dict[str, Any]) -> str:
    """Say in a word what a value is."""
    if "$ref" in schema:
        return "objek"
    for union in ("anyOf", "allOf"):
        if union in schema:
            return " atau ".join(dict.fromkeys(_type_name(part) for part in schema[union]))
    if schema.get("type") == "array":
        return f"daftar {_type_name(schema.get('items', {}))}"
    return _FORMATS.get(schema.get("format", ""), _TYPES.get(schema.get("type", ""), "apa saja"))


def _fields(schema: ExampledSchema, shape: dict[str, Any], prefix: str = "") -> list[dict[str, str]]:
    """Return the fields of a shape as rows, those of nested shapes below their own (`data[].judul`)."""
    rows: list[dict[str, str]] = []
    for name, details in _properties(schema, shape).items():
        rows.append(
            {
                "name": f"{prefix}{name}",
                "type": _type_name(details),
                "description": details.get("description", ""),
            }
        )
        inner, step = _inner(details)
        properties = _properties(schema, inner)
        # A code with its label is explained once for all; a menu contains menus, and so on for ever.
        if properties and set(properties) != {"kode", "label"} and prefix.count(".") < 2:
            rows += _fields(schema, inner, f"{prefix}{name}{step}.")
    return rows


def _inner(details: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the shape inside a field, and how to write the step into it."""
    for union in ("anyOf", "allOf"):
        if union in details:
            return next((_inner(part) for part in details[union] if part.get("type") != "null"), ({}, ""))
    if details.get("type") == "array":
        return details["items"], "[]"
    return details, ""


def _properties(schema: ExampledSchema, shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        shape = schema.schemas[shape["$ref"].rsplit("/", 1)[-1]]
    return shape.get("properties", {})
