"""Anything may be asked: every answer is one that the description promises, and none is a failure of ours."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.parameters import DIPParameters, RegulationParameters, SearchParameters
from tests.factories import DIPEntryPageFactory, DocumentFactory, RegulationPageFactory

pytestmark = pytest.mark.postgres

QUIET = settings(
    derandomize=True,
    max_examples=40,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NASTY = [
    "",
    "0",
    "-1",
    "1e9",
    "9" * 400,
    "NaN",
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "%",
    "*",
    '"',
    '"""',
    "((((",
    "jenis:",
    "-",
    "a" * 3000,
    "🗳️",
    "\u202e",
    "../../etc/passwd",
    "<script>",
    "2023-02-30",
    "pkpu",
    "berkala",
    "true",
]
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30),
    st.integers(-(10**20), 10**20).map(str),
    st.dates().map(str),
    st.sampled_from(
        ["pkpu 22 2023", "daftar pemilih", "tahun:2023", "nomor:8/HK.03.1/3673/2021", "-keberatan"]
    ),
)


def query_of(*models):
    """Query strings with known and unknown names, values good and bad, repeated or not."""
    names = sorted(
        {name for model in models for name in model.model_fields} | {"pada", "halaman", "tak-dikenal"}
    )
    return st.lists(st.tuples(st.sampled_from(names), VALUES), max_size=4)


@pytest.fixture
def pages(office, caplog):
    caplog.set_level("CRITICAL", logger="django.request")
    document = DocumentFactory()
    return {
        "regulation": RegulationPageFactory(files=[document]),
        "dip": DIPEntryPageFactory(),
        "file": document,
    }


def ask(client, path: str, pairs):
    from urllib.parse import quote_from_bytes

    def written(text: str) -> str:
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"))

    query = "&".join(f"{written(name)}={written(value)}" for name, value in pairs)
    response = client.get(f"{path}?{query}")
    assert response.status_code in {200, 404, 410, 422}, (path, query, response.content[:500])
    kind = "application/json; charset=utf-8" if response.status_code == 200 else "application/problem+json"
    assert response["Content-Type"] == kind
    body = response.json()
    if response.status_code == 422:
        assert {error["parameter"] for error in body["errors"]} <= {name for name, _ in pairs}
        assert all(error["detail"] for error in body["errors"])
    return response


@QUIET
@given(pairs=query_of(RegulationParameters))
def test_lists_of_regulations(client, pages, pairs):
    ask(client, "/api/v1/regulations", pairs)


@QUIET
@given(
    pairs=query_of(DIPParameters),
    path=st.sampled_from(["dip", "exempted", "reports", "datasets", "sop", "pages"]),
)
def test_other_lists(client, pages, pairs, path):
    ask(client, f"/api/v1/{path}", pairs)


@QUIET
@given(pairs=query_of(SearchParameters))
def test_search(client, pages, pairs):
    ask(client, "/api/v1/search", pairs)


@QUIET
@given(pairs=query_of(RegulationParameters))
def test_single_entries_and_texts(client, pages, pairs):
    ask(client, f"/api/v1/regulations/{pages['regulation'].pk}", pairs)
    ask(client, f"/api/v1/files/{pages['file'].pk}/pages", pairs)


@QUIET
@given(
    path=st.sampled_from(["regulations", "dip", "files", "files/1/pages", "sop", "x"]),
    rest=st.one_of(
        st.integers(-5, 10**30).map(str),
        st.text(st.characters(blacklist_characters="/?#%\\", blacklist_categories=["Cs"]), max_size=12),
    ),
)
def test_addresses(client, pages, path, rest):
    from urllib.parse import quote

    response = client.get(f"/api/v1/{path}/{quote(rest)}")
    assert response.status_code in {200, 301, 404}
