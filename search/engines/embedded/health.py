"""How the embedded index is: whether it holds what belongs into it, in which version, and how large it is."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone
from wagtail.models import Page

from common.enums import JobState
from common.models import ScheduledJob
from common.visibility import public
from home.templatetags.eppid import angka, tanggal_jam, ukuran
from search.engines.embedded import store
from search.engines.embedded.filtering import visible_records
from search.index_models import IndexedRecord, Posting, SearchIndex, Segment, Term
from search.types import EngineHealth

#: The timed job that compares the index with the database (`search.reconciling.nightly`).
NIGHTLY_JOB = "cocokkan_indeks"
COMPARED_WITHIN = timedelta(days=2)


def index_health(name: str, index: SearchIndex | None = None) -> EngineHealth:
    """Health of an index (None: the active one). A constant number of queries; raises nothing."""
    try:
        index = index or store.active_index(create=False)
        if index is None:
            problem = "Belum ada indeks. Jalankan: manage.py reindex"
            return EngineHealth(name, False, None, "", (problem,) if _wanted_pages() else ())
        return _health(name, index)
    except DatabaseError:
        return EngineHealth(name, False, None, "", ("Tabel indeks tidak dapat dibaca. Periksa basis data.",))


def _health(name: str, index: SearchIndex) -> EngineHealth:
    documents = IndexedRecord.objects.filter(index=index).count()
    shown = visible_records(index).count()
    wanted = _wanted_pages()
    problems = []
    if index.version != store.INDEX_VERSION:
        problems.append(
            f"Indeks disusun menurut aturan lama (versi {index.version}; kini {store.INDEX_VERSION}). "
            "Jalankan: manage.py reindex"
        )
    if wanted > shown:
        problems.append(
            f"{angka(wanted - shown)} halaman yang terbuka untuk umum belum ada di indeks. Biasanya menyusul dalam "
            "hitungan detik; bila tidak, jalankan: manage.py reindex --reconcile"
        )
    if documents > shown:
        problems.append(
            f"{angka(documents - shown)} halaman masih tercatat di indeks padahal sudah tidak terbuka untuk umum. "
            "Halaman itu tidak tampil di hasil, dan dibuang saat indeks dicocokkan."
        )
    compared, problem = _nightly()
    problems += [problem] if problem else []
    segments = Segment.objects.filter(index=index, retired_at=None)
    size = Posting.objects.aggregate(size=Sum(Length("data")))["size"] or 0
    size += segments.aggregate(size=Sum(Length("layout")))["size"] or 0
    detail = (
        f"{angka(documents)} dari {angka(wanted)} halaman yang terbuka untuk umum; versi {index.version}, "
        f"{angka(segments.count())} ruas, {angka(Term.objects.count())} kata, {ukuran(size)}; {compared}"
    )
    return EngineHealth(name, True, documents, detail, tuple(problems))


def _wanted_pages() -> int:
    """How many pages belong into the index now."""
    from search.indexing import indexed_models

    kinds = ContentType.objects.get_for_models(*indexed_models()).values()
    return public(Page.objects.filter(content_type__in=kinds)).count()


def _nightly() -> tuple[str, str]:
    """When the index was last compared with the database, and what is wrong with that ("" when nothing is)."""
    job = ScheduledJob.objects.filter(name=NIGHTLY_JOB).first()
    if job is None or job.last_finished is None:
        return "belum pernah dicocokkan dengan isi situs", ""
    compared = f"terakhir dicocokkan dengan isi situs {tanggal_jam(job.last_finished)}"
    if job.state == JobState.FAILED:
        return compared, f"Pencocokan malam gagal: {job.last_message or 'tanpa keterangan'}"
    if timezone.now() - job.last_finished > COMPARED_WITHIN:
        return (
            compared,
            "Indeks sudah lebih dari dua hari tidak dicocokkan. Periksa apakah penjadwal berjalan.",
        )
    return compared, ""
