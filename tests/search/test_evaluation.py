"""Judging the ranking: the figures themselves, the command, and the gate on the corpus."""

import gzip
import json
import math
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import ndcg, reciprocal_rank
from search.index_models import IndexedRecord, SearchIndex

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def test_ndcg_and_reciprocal_rank():
    relevant = frozenset("ab")
    assert ndcg(["a", "b", "x"], relevant) == 1
    assert ndcg(["x", "a"], relevant) == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))
    assert ndcg([], relevant) == 0
    assert ndcg(["x"] * 10 + ["a"], relevant) == 0
    assert reciprocal_rank(["x", "b", "a"], relevant) == 0.5
    assert reciprocal_rank(["x"], relevant) == 0


@pytest.fixture
def files(tmp_path):
    rows = [
        {"id": f"uu/2008/{n}", "jenis": "UU", "nomor": str(n), "tahun": 2008, "judul": title, "teks": text}
        for n, title, text in [
            (14, "KETERBUKAAN INFORMASI PUBLIK", "Setiap orang berhak memperoleh informasi publik"),
            (18, "PENGELOLAAN SAMPAH", "Setiap orang wajib mengurangi sampah"),
            (21, "PERBANKAN SYARIAH", "Bank wajib menjaga nasabah"),
        ]
    ]
    corpus = tmp_path / "corpus.jsonl.gz"
    corpus.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    queries = tmp_path / "queries.json"
    queries.write_text(
        json.dumps(
            [
                {"query": "uu 14/2008", "relevant": ["uu/2008/14"], "kind": "number"},
                {"query": "pengelolan sampah", "relevant": ["uu/2008/18"], "kind": "typo"},
                {"query": "kapal selam", "relevant": ["uu/2008/21"], "kind": "body"},
            ]
        )
    )
    return corpus, queries


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_command_prints_figures_by_kind_and_one_json_line_last(files):
    corpus, queries = files
    out = StringIO()
    call_command("evaluate_search", str(queries), corpus=str(corpus), stdout=out)
    last = json.loads(out.getvalue().strip().splitlines()[-1])
    assert last["ndcg@10"] == pytest.approx(2 / 3, abs=0.001)
    assert last["mrr@10"] == pytest.approx(2 / 3, abs=0.001)
    assert last["kinds"]["typo"]["ndcg@10"] == 1
    assert last["kinds"]["body"]["ndcg@10"] == 0
    # The index for the trial leaves nothing behind.
    assert not SearchIndex.objects.filter(state="scratch").exists()
    assert not IndexedRecord.objects.filter(external_id="uu/2008/14").exists()


@pytest.mark.django_db
def test_unreadable_files_end_in_a_sentence(tmp_path, files):
    with pytest.raises(CommandError, match="bukan berkas kueri"):
        call_command("evaluate_search", str(tmp_path / "tiada.json"), stdout=StringIO())
    broken = tmp_path / "rusak.jsonl"
    broken.write_text("{")
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("evaluate_search", str(files[1]), corpus=str(broken), stdout=StringIO())
    with pytest.raises(CommandError, match="Indeks kosong"):
        call_command("evaluate_search", str(files[1]), stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.skipif(not CORPUS.exists(), reason="the judged corpus (../shared/corpus) cannot be had here")
def test_the_gate_on_the_corpus():
    out = StringIO()
    call_command(
        "evaluate_search",
        str(CORPUS / "queries.json"),
        corpus=str(CORPUS / "regulations.jsonl.gz"),
        stdout=out,
    )
    last = json.loads(out.getvalue().strip().splitlines()[-1])
    assert last["ndcg@10"] >= 0.92
    assert last["max_ms"] < 5000
