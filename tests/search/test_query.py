"""The query language and the query value: anything may be typed."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.language.query import MAX_TEXT, parse_query
from search.types import FACETS, MAX_PAGE, SearchQuery


def typed(text: str, **params) -> SearchQuery:
    return SearchQuery.from_params({"q": text, **params})


def test_operators_are_taken_apart():
    parsed = parse_query(
        'dpt "kota serang" -kampanye tahun:2020-2022 jenis:UU nomor:14 klasifikasi:"serta merta"'
    )
    assert parsed.words == ("dpt",)
    assert parsed.phrases == (("kota", "serang"),)
    assert parsed.excluded == (("kampanye",),)
    assert parsed.filters == {
        "tahun": ("2020", "2021", "2022"),
        "jenis": ("uu",),
        "klasifikasi": ("serta_merta",),
    }
    assert parsed.numbers == ("14",)


def test_words_inside_a_citation_are_not_loose_words():
    parsed = parse_query("keterbukaan UU No. 14 Tahun 2008")
    assert parsed.loose == ("keterbukaan",)
    assert [(c.jenis, c.nomor_urut, c.tahun) for c in parsed.citations] == [("uu", 14, 2008)]


def test_a_filter_that_is_none_counts_as_a_word():
    assert parse_query("tahun:kemarin").words == ("kemarin",)


@pytest.mark.parametrize(
    "text",
    [
        "(title:foo OR bar*) AND [1 TO 5]~2 /re.*/",
        'a"b',
        '"',
        '-"',
        "--",
        "tahun:",
        "a -",
        '"" ""',
        "\\",
        "%_%",
        "'; DROP",
    ],
)
def test_other_syntax_is_punctuation(text):
    query = typed(text)
    assert query.text == text
    assert query.parsed is not None
    query.querystring()


def test_a_text_of_signs_only_says_so():
    assert "tanda baca" in typed("?!… ---").problem
    assert typed("").problem == ""


def test_a_long_text_is_cut_and_says_so():
    query = typed("kata " * 2000)
    assert len(query.text) <= MAX_TEXT
    assert not query.text.endswith("kat")
    assert "terlalu panjang" in query.problem


def test_control_and_direction_marks_are_taken_out():
    assert typed("\u202edpt\x00 \u2066serang\ufeff\ud800\n2024").text == "dpt serang 2024"


@pytest.mark.parametrize(
    ("given_", "page"),
    [("7", 7), ("0", 1), ("-3", 1), ("abc", 1), ("9" * 40, MAX_PAGE), ("1e9", 1), ("", 1), ("²", 1)],
)
def test_absurd_pages(given_, page):
    assert typed("x", halaman=given_).page == page


@given(st.text(max_size=400), st.text(max_size=20), st.text(max_size=50))
def test_nothing_typed_raises(text, page, value):
    query = SearchQuery.from_params(
        {"q": text, "halaman": page, "tahun": [value, value], "urut": value, "ukuran": page}
    )
    assert query.parsed is not None
    assert query.effective_filters is not None
    again = SearchQuery.from_params(QueryDict(query.querystring()))
    assert again == SearchQuery.from_params(QueryDict(again.querystring()))


def test_a_querystring_keeps_everything_and_leaves_defaults_out():
    query = SearchQuery.from_params(
        QueryDict("q=dpt+2024&tahun=2024&tahun=2023&kategori=regulasi&urut=terbaru&halaman=3")
    )
    assert SearchQuery.from_params(QueryDict(query.querystring())) == query
    assert "ukuran" not in query.querystring()
    assert "halaman=3" in query.querystring()
    assert "halaman" not in query.querystring(sort="relevan")
    assert query.querystring(page=1) == query.only("tahun", "2024").without("tahun", "2023").querystring(
        filters=query.filters
    )


def test_toggling_a_facet_keeps_the_rest():
    query = SearchQuery.from_params(QueryDict("q=dpt&tahun=2024&kategori=regulasi&urut=terbaru&halaman=3"))
    assert query.only("tahun", "2023").querystring() == "q=dpt&kategori=regulasi&tahun=2023&urut=terbaru"
    assert query.without("tahun", "2024").querystring() == "q=dpt&kategori=regulasi&urut=terbaru"


def test_a_typed_filter_can_be_taken_away_like_a_chosen_one():
    query = typed("dpt tahun:2024")
    assert query.selected("tahun") == ("2024",)
    without = query.without("tahun", "2024")
    assert without.text == "dpt"
    assert without.effective_filters == {}


def test_many_values_of_a_filter_are_bounded():
    query = SearchQuery.from_params({name: [f"v{n}" * 100 for n in range(500)] for name in FACETS})
    assert all(len(values) <= 20 and all(len(v) <= 100 for v in values) for values in query.filters.values())
