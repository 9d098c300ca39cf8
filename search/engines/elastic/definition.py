"""The index in the cluster: fields, analysis, similarity, and the version that says when it must be built anew.

Words are cut, spelled and stemmed in the project (`search.language`), the same for both engines, and sent as
``word|stem`` (only ``word`` where both are equal), each with a blank before it. The cluster's two analyzers take the
one or the other from it: what was written, and its stem. Its own `indonesian` analyzer is not used: it cuts
"pemilu" to "ilu" and drops "serta" of "serta merta".
"""

from __future__ import annotations

import hashlib
import json

from elasticsearch_dsl import (
    Boolean,
    Date,
    Document,
    Float,
    InnerDoc,
    Integer,
    Keyword,
    Long,
    Nested,
    Text,
    analyzer,
    token_filter,
    tokenizer,
)

from search.engines.elastic.weights import DEFAULT, Weights

#: Raise when tokens, stems, fields or the records' content change in a way that needs a rebuild.
INDEX_VERSION = 1

#: Stands at the end of a field or page, so that no phrase runs over it. No query can contain it.
BOUNDARY = "\u00b6"

#: Passages of one record (a nested document each, about 100 words): a file of 20,000 pages and more.
MAX_PASSAGES = 200_000
#: How deep one may page. The list ends there; nobody reads so far, and the cluster's memory is bounded.
MAX_WINDOW = 200_000

written = analyzer("tertulis", tokenizer=tokenizer("kata", "simple_pattern_split", pattern="(\\|[^ ]*)? +"))
forms = analyzer(
    "dasar", tokenizer=tokenizer("bentuk_dasar", "simple_pattern_split", pattern=" +([^ |]*\\|)?")
)
#: Letters of a word that are looked for while it is typed.
LONGEST_BEGINNING = 20

beginnings = analyzer(
    "awalan",
    tokenizer="whitespace",
    filter=[
        token_filter(
            "awal_kata", "edge_ngram", min_gram=1, max_gram=LONGEST_BEGINNING, preserve_original=False
        )
    ],
)


def words(similarity: str, **options) -> Text:
    """A text field with stems, and the written words beside them."""
    common = {"search_analyzer": "whitespace", "similarity": similarity, "position_increment_gap": 0}
    return Text(
        analyzer=forms,
        fields={"exact": Text(analyzer=written, index_options="positions", **common)},
        **common,
        **options,
    )


class Passage(InnerDoc):
    """About 100 words of one page: what a hit leads to. ``text`` is shown, ``t`` holds its words with their stems."""

    t = words("passage", copy_to="all")
    # Stored by itself: reading it must not mean reading the texts of a whole law.
    text = Keyword(index=False, doc_values=False, store=True)
    part = Integer(index=False)  # which part of its page it is, from 0
    parts = Integer(index=False)  # into how many parts its page was cut
    document = Long(index=False)  # 0: the record's own text
    page = Integer(index=False)
    label = Keyword(index=False)
    doubt = Boolean(index=False)


class RecordDocument(Document):
    """One public page. ``all`` holds every word of it, those of the title six times (BM25F in one field)."""

    page_id = Long()
    external_id = Keyword(index=False, doc_values=False)
    kategori = Keyword()
    title = Keyword(index=False, doc_values=False)
    heading = words("title")
    all = words("record")
    beginning = Text(analyzer=beginnings, search_analyzer="whitespace", similarity="boolean", norms=False)
    names = Keyword(ignore_above=200)  # folded, for what begins as typed
    heading_shown = Keyword(index=False, doc_values=False)
    passages = Nested(Passage)
    citation = Keyword(index=False, doc_values=False)
    summary = Keyword(index=False, doc_values=False)
    jenis = Keyword()
    nomor = Keyword(index=False, doc_values=False)
    nomor_parts = Keyword()
    nomor_urut = Integer()
    tahun = Integer()
    klasifikasi = Keyword()
    unit_id = Long()
    office_id = Long()
    status = Keyword()
    status_note = Keyword(index=False, doc_values=False)
    date = Date(format="strict_date")
    published_at = Date()
    expires_at = Date()
    path = Keyword()
    formats = Keyword()
    file_size = Long(index=False)
    file_pages = Integer(index=False)
    ocr_doubt = Boolean(index=False)
    fresh = Float()  # 0 for the oldest year that counts, 1 for the newest
    fingerprint = Keyword(index=False)


def similarities(weights: Weights = DEFAULT) -> dict:
    """How often a word stands somewhere, turned into 0 to about 2: rarity is in the query's boosts, not here.

    The rarity of a concept is one for all its variants; the cluster's own idf would put a rare synonym above the
    word that was typed. And it differs between shards, the query's does not.
    """

    def scripted(source: str) -> dict:
        return {"type": "scripted", "script": {"source": source}}

    average = "(double) field.sumTotalTermFreq / field.docCount"
    k, b = weights.saturation, weights.text_length
    return {
        "record": scripted(
            f"double norm = {1 - b} + {b} * doc.length / ({average});"
            f" return query.boost * doc.freq * {k + 1} / (doc.freq + {k} * norm);"
        ),
        "passage": scripted(f"return query.boost * doc.freq / (doc.freq + {weights.passage_saturation});"),
        "title": scripted("return query.boost / Math.sqrt(doc.length + 2.0);"),
    }


def body(weights: Weights = DEFAULT, shards: int = 1) -> dict:
    """Settings and mappings of a new index."""
    index = RecordDocument._index.clone(using=None)
    definition = index.to_dict()
    mappings = RecordDocument._doc_type.mapping.to_dict()
    mappings["dynamic"] = "strict"
    # What only serves finding is not stored a second time: texts are in the database.
    mappings["_source"] = {"excludes": ["passages", "all", "heading", "beginning", "names"]}
    analysis = RecordDocument._doc_type.mapping._collect_analysis()
    settings = {
        **definition.get("settings", {}),
        "analysis": analysis,
        "number_of_shards": shards,
        # A second copy of each shard as soon as there is a second node to hold it.
        "auto_expand_replicas": "0-1",
        "similarity": similarities(weights),
        "mapping.nested_objects.limit": MAX_PASSAGES,
        "max_result_window": MAX_WINDOW,
        "gc_deletes": "1h",  # a late task must not bring back what was deleted after it began
        "refresh_interval": "1s",
    }
    mappings["_meta"] = {"version": INDEX_VERSION, "digest": digest(mappings, settings)}
    return {"settings": {"index": settings}, "mappings": mappings}


def digest(mappings: dict, settings: dict) -> str:
    """A short fingerprint of what a new index would be, to notice that a stored one is another."""
    parts = [mappings["properties"], settings["analysis"], settings["similarity"], INDEX_VERSION]
    return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=8).hexdigest()
