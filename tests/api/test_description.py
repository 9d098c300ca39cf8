"""The API's description: a programmer reads it, a program checks it, and the answers keep to it."""

import json
import re

import jsonschema
import pytest

from tests.factories import (
    AnnouncementPageFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    OpenDatasetPageFactory,
    ProfilePageFactory,
    RegulationPageFactory,
    ServiceReportPageFactory,
    SOPPageFactory,
)


@pytest.fixture(scope="module")
def description():
    from api.views import openapi

    return json.loads(openapi(None).content)


def operations(description):
    """(path, operation) of every address."""
    return [(path, methods["get"]) for path, methods in description["paths"].items()]


def references(value):
    """Every `$ref` inside a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "$ref" and isinstance(inner, str) else references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def fits(description, schema, value) -> None:
    """Fail unless the value fits the schema."""
    whole = {**schema, "components": description["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


def test_every_address_reads_only_and_is_explained(description):
    assert description["openapi"].startswith("3.1")
    for path, methods in description["paths"].items():
        assert set(methods) == {"get"}, path
        operation = methods["get"]
        assert operation["summary"]
        assert operation["description"]
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, parameter["name"])


def test_every_reference_leads_somewhere(description):
    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert set(references(description)) <= known


def test_every_field_has_an_example_and_every_example_fits(description):
    for path, operation in operations(description):
        for status, answer in operation["responses"].items():
            for kind, content in answer.get("content", {}).items():
                assert kind == ("application/json" if status == "200" else "application/problem+json"), path
                fits(description, content["schema"], content["example"])
                assert content["example"], path


def test_codes_of_closed_sets_are_listed_with_their_labels(description):
    fields = description["components"]["schemas"]["DIPSummary"]["properties"]
    assert "`serta_merta`: Informasi Serta-Merta" in fields["klasifikasi"]["description"]
    parameters = description["paths"]["/api/v1/regulations"]["get"]["parameters"]
    status = next(p for p in parameters if p["name"] == "status")
    assert "`dicabut`: Tidak berlaku" in status["description"]


def test_answers_keep_to_the_description(description, read):
    table, document = DocumentFactory(csv=True), DocumentFactory()
    pages = {
        "regulations": RegulationPageFactory(files=[document]),
        "dip": DIPEntryPageFactory(files=[document]),
        "exempted": ExemptedInformationPageFactory(),
        "reports": ServiceReportPageFactory(files=[document]),
        "datasets": OpenDatasetPageFactory(files=[table]),
        "sop": SOPPageFactory(document=document),
        "announcements": AnnouncementPageFactory(banner=True),
        "pages": ProfilePageFactory(),
        "files": document,
    }
    for path, operation in operations(description):
        name = path.removeprefix("/api/v1/")
        kind = name.split("/")[0]
        asked = name.replace("{id}", str(pages[kind].pk) if kind in pages else "").replace("{halaman}", "1")
        asked = asked.replace("{sha256}", document.sha256)
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        fits(description, schema, read(asked, **({"q": "daftar"} if name == "search" else {})))


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_every_address_with_parameters_and_an_example(client, office, description):
    response = client.get("/api/v1/docs")
    html = response.content.decode()
    for path, operation in operations(description):
        assert f"GET {path}" in html
        assert f'id="{operation["operationId"]}"' in html
        for parameter in operation["parameters"]:
            assert f"<code>{parameter['name']}</code>" in html
    assert "curl &#x27;http://testserver/api/v1/regulations/118?pada=2023-10-31&#x27;" in html
    assert "<code>data[].judul</code>" in html


def test_the_page_needs_nobody_else_and_no_script_of_its_own(client, office):
    response = client.get("/api/v1/docs")
    html = response.content.decode()
    assert "'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=\"https?://(?!testserver)", html)
    assert not re.search(r"<script(?![^>]+src=)(?![^>]+ld\+json)[^>]*>", html)
    assert " style=" not in html


@pytest.mark.e2e
def test_the_page_is_accessible_and_leads_to_each_example(live_site, assert_accessible, office):
    page = live_site.open("/api/v1/docs", javascript=False)
    assert page.locator("h1").inner_text() == "API e-PPID"
    wide = live_site.open("/api/v1/docs")
    for details in wide.locator("main details").all():
        details.evaluate("element => element.open = true")
    assert_accessible(wide)
    phone = live_site.open("/api/v1/docs", phone=True)
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
