"""Nothing that is typed, and nothing that is indexed, is too odd, too long or too many."""

import json
from collections import Counter

import pytest

from catalogue.models import DIPEntryPage
from documents.models import DocumentPage
from search.changes import IndexChange, next_version
from search.engines.elastic import composing, documents
from search.engines.elastic.connection import reaching
from search.engines.elastic.engine import ElasticEngine, _counts
from search.engines.elastic.writing import versioned, write
from search.facets import build_facets
from search.records import IndexRecord, PageText
from search.types import FACETS, SearchQuery
from search.vocabulary import Abbreviation, Synonym
from tests.factories import DIPEntryPageFactory, DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

WORD = "kelapagading"
HUGE = ["9" * 30, "9223372036854775808", "99999999999", "-1", "²", "٣", "0x1f", "NaN", "1e9", "½"]
ODD_TEXTS = [
    "x" * 10_000,
    "/.*/",
    "/(a|b)+*{99999}/",
    "kata~2",
    "title:kata",
    "_exists_:title AND NOT (a OR b)",
    "*",
    "kata*",
    "?",
    "(((",
    ")))",
    "\\",
    "\\\\\\",
    "[* TO *]",
    "{1 TO 5}",
    '{"query": {"match_all": {}}}',
    "+kata -kata",
    "kata^1000",
    "kata|kata ¶ kata",
    "${jndi} {{7*7}} <b>",
    "\x00\x01\x1f kata \x7f",
    "\u202ekata\u202c \u2066serang\u2069 \ufeff",
    "a\u0301\u0301\u0301\u0301 🎉 ‍👩‍💻",
    "yang dan di ke dari untuk pada dengan ini itu",
    "!!! ... --- ???",
    "nomor:99999999999999999999",
    "nomor:²",
    "nomor:2147483648/2020",
    "PKPU Nomor 4294967296 Tahun 2023",
    "UU 99999999999999999999999 Tahun 99999",
    "tahun:99999999999",
    "2147483648 9223372036854775808",
    " ".join(f"pemutakhirankata{number}x" for number in range(40)),
    " ".join(f'"daftar pemilih {number}"' for number in range(40)),
    " ".join(f"-kata{number}" for number in range(60)),
]


@pytest.fixture
def dpt(index):
    """An entry that the words above may or may not find."""
    page = DIPEntryPageFactory(
        title=f"Daftar kata {WORD}", files=[DocumentFactory(texts=["kata"])], quick=True
    )
    index(page)
    return page


@pytest.mark.postgres
@pytest.mark.usefixtures("each_engine")
class TestWhatIsTyped:
    def test_odd_texts_give_a_page_of_results_or_a_sentence(self, search, dpt, caplog):
        for text in ODD_TEXTS:
            results = search(text, halaman="1000000000")
            assert results.total or results.query.problem or not results.hits, text
        assert not [record for record in caplog.records if record.levelname == "ERROR"], caplog.text

    def test_the_page_says_what_is_wrong(self, client, dpt):
        for text, words in (("x" * 10_000, "terlalu panjang"), ("!!! ---", "tanda baca")):
            response = client.get("/cari/", {"q": text})
            assert response.status_code == 200
            assert words in response.content.decode()

    def test_numbers_that_are_none_or_too_large(self, client, search, dpt, caplog):
        for name in ("unit", "kantor", "tahun", "serupa", "halaman", "ukuran"):
            for value in HUGE:
                results = search(WORD, **{name: value})
                if name in ("halaman", "ukuran"):
                    assert results.total == 1, (name, value)
        for name in ("unit", "tahun", "kantor"):
            assert search(WORD, **{name: "9" * 30}).total == 0
            assert client.get("/cari/", {"q": WORD, name: "²"}).status_code == 200
        assert not [record for record in caplog.records if record.levelname == "ERROR"], caplog.text

    def test_facet_values_that_nobody_knows_give_nothing_and_can_be_taken_away(self, search, dpt):
        for name in FACETS:
            for value in ("tidak-ada", "*", "\x00", "' OR 1=1", "x" * 5000):
                results = search(WORD, **{name: value})
                if not results.query.filters:
                    assert results.total == 1  # nothing was left of the value
                    continue
                assert results.total == 0, (name, value)
                assert [chip.url for chip in results.chips] == [f"q={WORD}&lingkup=semua"]


def leaves(clause) -> int:
    """How many terms and the like a query holds."""
    if isinstance(clause, list):
        return sum(map(leaves, clause))
    if not isinstance(clause, dict):
        return 0
    kinds = {"term", "terms", "match_phrase", "prefix", "range", "match_all", "match_none"}
    return sum((name in kinds and isinstance(inner, dict)) + leaves(inner) for name, inner in clause.items())


@pytest.fixture
def every_word(cluster, index):
    """A page with every word of the vocabulary, so that no part of a question is left out as unknown."""
    words = [f"{row.short} {row.long}" for row in Abbreviation.objects.all()]
    words += [row.words for row in Synonym.objects.all()]
    text = " ".join(words)
    texts = [text[start : start + 3000] for start in range(0, len(text), 3000)]
    page = DIPEntryPageFactory(title="Semua kata", files=[DocumentFactory(texts=texts)], quick=True)
    index(page)
    return page


def test_a_question_stays_small_whatever_was_typed(every_word):
    shortest = sorted(Abbreviation.objects.values_list("short", flat=True), key=len)
    synonyms = [words.split(",")[0] for words in Synonym.objects.values_list("words", flat=True)]
    texts = [
        *ODD_TEXTS,
        " ".join(shortest[:120]),
        " ".join(synonyms),
        "pkpu 22/2023 " * 40,
        "a b c d e " * 50,
    ]
    filters = {name: [f"{name}{number}" * 20 for number in range(50)] for name in FACETS}
    questions = [SearchQuery.from_params({"q": text, "lingkup": "semua"}) for text in texts]
    most = {"q": " ".join(shortest), "serupa": str(every_word.pk), "lingkup": "semua"}
    questions += [SearchQuery.from_params({**most, **filters})]
    engine = ElasticEngine()
    for query in questions:
        body, *_ = engine.compose(query)
        assert body["timeout"] == composing.CLUSTER_SECONDS
        assert leaves(body) < 800, query.text  # the cluster takes 1,024 and more
        assert len(json.dumps(body)) < 200_000, query.text
    assert engine.search(questions[-1]).total == 0
    assert engine.search(questions[len(ODD_TEXTS)]).total == 1


class TestManyRecords:
    NUMBER = 12_100

    def test_every_page_of_a_long_list_is_shown_once(self, cluster):
        """Twelve thousand records, all alike: the order must hold from page to page, to the very end."""
        records = (
            IndexRecord(
                external_id=str(number),
                page_id=number,
                kategori="regulasi",
                title="Peraturan mangga",
                tahun=1900 + number % 110,
            )
            for number in range(1, self.NUMBER + 1)
        )
        written = write(cluster, versioned(records, next_version()), refresh=True)
        assert (written.taken, written.refused) == (self.NUMBER, {})
        engine = ElasticEngine(live=False)
        for sort, size in (("relevan", 200), ("terbaru", 500)):
            seen: list[int] = []
            query = SearchQuery(text="mangga", size=size, sort=sort)
            for page in range(1, -(-self.NUMBER // size) + 1):
                results = engine.search(SearchQuery(text="mangga", size=size, sort=sort, page=page))
                assert results.total == self.NUMBER
                seen += [hit.page_id for hit in results.hits]
            assert len(seen) == len(set(seen)) == self.NUMBER, query
        last = engine.search(SearchQuery(text="mangga", size=10, page=10**6))
        assert (last.page, len(last.hits)) == (self.NUMBER // 10, 10)

        query = SearchQuery(text="mangga")
        facets = build_facets(query, _counts(engine._ask(query, set())))
        years = {
            value.value: value.count for facet in facets if facet.name == "tahun" for value in facet.values
        }
        expected = Counter(str(1900 + number % 110) for number in range(1, self.NUMBER + 1))
        assert years == expected  # all 110 of them, and exact


class TestLongRecords:
    @pytest.fixture
    def page(self, cluster):
        document = DocumentFactory(texts=["pembuka"])
        return DIPEntryPageFactory(title="Panjang", files=[document], quick=True)

    def write(self, page, texts: list[str]) -> None:
        """Give the page's file these pages, as a reading of it would leave them."""
        document = page.files.first().document
        DocumentPage.objects.filter(document=document).delete()
        DocumentPage.objects.bulk_create(
            [
                DocumentPage(document=document, number=number, text=text)
                for number, text in enumerate(texts, 1)
            ],
            batch_size=500,
        )

    def found_on(self, search, words: str) -> int:
        (hit,) = search(words).hits  # within two seconds, or the embedded engine would have answered
        assert f"<mark>{words}</mark>" in hit.extracts[0].html
        return hit.extracts[0].page_number

    def test_a_page_of_a_million_letters(self, page, search, index):
        text = "kata biasa lain durian " * 43_500 + "jarum tersembunyi"
        assert len(text) > 1_000_000
        self.write(page, [text])
        index(DIPEntryPage.objects.get(pk=page.pk))
        assert self.found_on(search, "jarum tersembunyi") == 1

    def test_a_file_of_more_than_ten_thousand_passages(self, page, cluster, search, index):
        pages = [f"halaman nomor{number}x " + "kata biasa " * 260 for number in range(1, 2701)]
        pages[-1] += " jarum tersembunyi"
        self.write(page, pages)
        index(DIPEntryPage.objects.get(pk=page.pk))
        assert not IndexChange.objects.exists()
        assert self.found_on(search, "jarum tersembunyi") == 2700
        assert self.found_on(search, "nomor1900x") == 1900
        with reaching() as client:
            lucene = client.cat.indices(index=cluster, format="json")[0]["docs.count"]
        assert int(lucene) > 10_000
        assert search("kata biasa", kategori="informasi-publik").total == 1

    def test_what_is_more_than_the_cluster_takes_is_left_out_not_refused(self, page, cluster, monkeypatch):
        monkeypatch.setattr(documents, "MAX_PASSAGES", 30)
        texts = [PageText(f"halaman nomor{number}x", 1, number) for number in range(1, 41)]
        record = IndexRecord(external_id="p", page_id=page.pk, kategori="regulasi", title="P", texts=texts)
        assert write(cluster, versioned([record], next_version()), refresh=True).refused == {}
        engine = ElasticEngine(live=False)
        assert [engine.search(SearchQuery(text=f"nomor{number}x")).total for number in (1, 30, 31)] == [
            1,
            1,
            0,
        ]
