"""Importing JSON lines: pages, documents, relations; broken off and run again; merged with what is there."""

import json
import logging
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from catalogue.enums import RegulationStatus, RelationType
from catalogue.importing.runner import import_regulations
from catalogue.importing.writer import RegulationWriter
from catalogue.models import CatalogueFile, RegulationIndexPage, RegulationPage, RegulationRelation
from catalogue.signals import regulations_imported
from documents.access import is_public
from documents.enums import ExtractionState
from documents.models import DocumentPage, OfficeDocument
from tests.factories import RegulationPageFactory, shared_office
from tests.importing.samples import KIP, PERPPU_LAW, PP, row, write_lines

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def office():
    return shared_office()


@pytest.fixture
def source(tmp_path):
    def make(rows, name="laws.jsonl"):
        return write_lines(tmp_path / name, rows)

    return make


def state():
    """Everything that a second run must leave alone."""
    pages = RegulationPage.objects.order_by("pk").values()
    files = CatalogueFile.objects.order_by("pk").values()
    relations = RegulationRelation.objects.order_by("pk").values()
    documents = OfficeDocument.objects.order_by("pk").values()
    stored = sorted(default_storage.walk())  # key, size, time of writing
    counts = (Revision.objects.count(), DocumentPage.objects.count(), Page.objects.count())
    return list(pages), list(files), list(relations), list(documents), stored, counts


def test_a_regulation_with_its_text(each_store, office, source, client):
    report = import_regulations(source([KIP, PP]), office)
    assert (report.rows, report.regulations, report.bad_lines) == (2, 2, [])
    page = RegulationPage.objects.get(sumber_id="uu/2008/14")
    assert (page.title, page.jenis, page.nomor_kunci, page.tahun) == (
        "UU Nomor 14 Tahun 2008",
        "uu",
        "14/2008",
        2008,
    )
    document = page.files.get().document
    assert document.collection == office.collection
    assert (document.mime_type, document.extraction_state) == ("text/plain", ExtractionState.DONE)
    assert document.file.read().decode() == KIP["teks"]
    assert document.file_size == len(KIP["teks"])
    assert len(document.sha256) == 64
    assert is_public(document)
    assert "Informasi adalah keterangan" in document.pages.get().text
    long = RegulationPage.objects.get(sumber_id="pp/2010/61").files.get().document
    texts = list(long.pages.values_list("text", flat=True))
    assert long.part_count == len(texts) > 2
    assert max(map(len, texts)) <= 3000
    assert "".join("".join(texts).split()) == "".join(PP["teks"].split())
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("order", [[KIP, PP], [PP, KIP]])
def test_relations_are_linked_whichever_comes_first(office, source, order):
    for number, record in enumerate(order):
        import_regulations(source([record], f"{number}.jsonl"), office)
    implementing = RegulationPage.objects.get(sumber_id="pp/2010/61")
    relation = implementing.relations.get()
    assert relation.jenis == RelationType.IMPLEMENTS
    assert relation.target.sumber_id == "uu/2008/14"
    # The editor opens the revision: its next publication must not undo the link.
    implementing.get_latest_revision_as_object().save_revision().publish()
    assert implementing.relations.get().target.sumber_id == "uu/2008/14"


def test_a_target_that_is_not_there_is_named(office, source):
    import_regulations(source([PERPPU_LAW]), office)
    relation = RegulationRelation.objects.get()
    assert (relation.jenis, relation.target) == (RelationType.ESTABLISHES, None)
    assert relation.target_text == "Perppu Nomor 1 Tahun 2002"


def test_revoked_and_amended_regulations_say_so(office, source):
    rows = [
        row(1),
        row(2),
        row(3, tahun=2005, id="x", judul="PENCABUTAN PERATURAN PEMERINTAH NOMOR 1 TAHUN 2001"),
        row(4, tahun=2006, id="y", judul="PERUBAHAN KEDUA ATAS PERATURAN PEMERINTAH NOMOR 2 TAHUN 2001"),
    ]
    import_regulations(source(rows), office)
    first, second = RegulationPage.objects.order_by("nomor_urut")[:2]
    assert (first.status_now.code, second.status_now.code) == (
        RegulationStatus.REVOKED,
        RegulationStatus.AMENDED,
    )


def test_a_second_run_changes_nothing(office, source):
    path = source([KIP, PP, PERPPU_LAW, "{broken", *(row(n) for n in range(1, 70))])
    import_regulations(path, office)
    before = state()
    report = import_regulations(path, office)
    assert state() == before
    assert report.counts["sudah_ada"] == 72
    assert report.linked == 0


def test_a_run_broken_off_goes_on_where_it_was(each_store, office, source, monkeypatch):
    """A batch is there whole or not at all, and its stored files are found again, not stored twice."""
    path = source([KIP, *(row(n) for n in range(1, 130)), PP])
    write, calls = RegulationWriter._add, []

    def write_and_die(self, new):
        write(self, new)
        calls.append(len(new))
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(RegulationWriter, "_add", write_and_die)
    with pytest.raises(KeyboardInterrupt):
        import_regulations(path, office)
    monkeypatch.setattr(RegulationWriter, "_add", write)
    assert RegulationPage.objects.count() == calls[0]
    assert not any(Page.find_problems())
    report = import_regulations(path, office)
    assert (report.counts["sudah_ada"], report.counts["dibuat"]) == (calls[0], 131 - calls[0])
    assert RegulationPage.objects.count() == OfficeDocument.objects.count() == 131
    assert len(list(default_storage.walk())) == 131
    assert RegulationRelation.objects.get().target.sumber_id == "uu/2008/14"


def test_bad_lines_are_numbered_and_kept(office, source, tmp_path):
    path = source([KIP, "{broken", row(1, jenis="Maklumat"), row(2), row(2, judul="LAIN")])
    report = import_regulations(path, office)
    assert (report.rows, report.bad_lines) == (5, [2, 3, 5])
    assert sum(report.counts[kind] for kind in ("dibuat", "ditolak")) == 5
    kept = [json.loads(line) for line in report.path.read_text().splitlines()]
    assert [entry["baris"] for entry in kept] == [2, 3, 5]
    assert kept[0]["isi"] == "{broken"
    assert "Maklumat" in kept[1]["isi"]
    assert "baris 4" in kept[2]["alasan"]
    assert report.path.parent == tmp_path / "var" / "impor"


def test_a_regulation_entered_by_hand_is_completed_not_doubled(office, source):
    by_hand = RegulationPageFactory(
        office=office, jenis="uu", nomor="14", tahun=2008, tentang="Keterbukaan", files=[]
    )
    report = import_regulations(source([KIP]), office)
    assert report.counts["digabung"] == 1
    page = RegulationPage.objects.get()
    assert (page.pk, page.tentang, page.sumber_id) == (by_hand.pk, "Keterbukaan", "uu/2008/14")
    assert page.files.get().document.pages.exists()
    assert page.get_latest_revision_as_object().files.count() == 1
    before = state()
    assert import_regulations(source([KIP]), office).counts["sudah_ada"] == 1
    assert state() == before


def test_what_an_officer_is_working_on_stays_as_it_is(office, source):
    draft = RegulationPageFactory(office=office, draft=True, jenis="uu", nomor="14", tahun=2008, files=[])
    report = import_regulations(source([KIP]), office)
    assert report.counts["digabung"] == 1
    draft.refresh_from_db()
    assert not draft.live
    assert not draft.files.exists()
    assert "sedang disunting" in report.path.read_text()


def test_each_office_has_its_own(office, source):
    from tests.factories import OfficeFactory

    other = OfficeFactory()
    import_regulations(source([KIP]), office)
    assert import_regulations(source([KIP]), other).counts["dibuat"] == 1
    pages = RegulationPage.objects.filter(sumber_id="uu/2008/14")
    assert {page.office.pk for page in pages} == {office.pk, other.pk}


def test_the_rooms_above_are_told_once_a_batch(office, source):
    told = []

    def receiver(page_ids, **kwargs):
        # inside the transaction, with the texts in the database
        told.append(
            (len(page_ids), DocumentPage.objects.filter(document__catalogue_uses__page__in=page_ids).count())
        )

    regulations_imported.connect(receiver)
    try:
        import_regulations(source([row(n) for n in range(1, 60)]), office)
    finally:
        regulations_imported.disconnect(receiver)
    assert [pages for pages, _ in told] == [50, 9]
    assert all(texts == pages for pages, texts in told)


def test_drafts_on_request(office, source):
    report = import_regulations(source([KIP]), office, as_draft=True)
    page = RegulationPage.objects.get()
    assert (page.live, report.counts["draf"]) == (False, 1)
    assert not is_public(page.files.get().document)


def test_no_task_a_page_is_queued(office, source, settings):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    import_regulations(source([KIP, PP]), office)
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) <= {"search.tasks.merge_segments"}


def run(*args):
    out, err = StringIO(), StringIO()
    call_command("import_regulations", *map(str, args), stdout=out, stderr=err)
    return out.getvalue()


def test_the_command_says_what_it_did(office, source):
    printed = run(source([KIP, PP, "{broken"], "laws.jsonl.gz"))
    assert "3 baris dibaca untuk KPU Kota Serang" in printed
    assert "2  regulasi dimuat" in printed
    assert "tidak dapat dimuat: 3." in printed


def test_the_command_stops_at_the_limit_and_goes_on_later(office, source):
    path = source([row(n) for n in range(1, 9)])
    run(path, "--limit", 3)
    assert RegulationPage.objects.count() == 3
    run(path, "--office", "3673")
    assert RegulationPage.objects.count() == 8


def test_an_office_without_a_list_of_regulations_is_told_so(office, source):
    RegulationIndexPage.objects.descendant_of(office.home_page).get().delete()
    with pytest.raises(CommandError, match="belum punya halaman daftar regulasi"):
        run(source([KIP]))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/tidak/ada.jsonl"], "tidak ada"),
        (["/dev/null", "--office", "9999"], "Tidak ada kantor berkode 9999"),
        (["/dev/null", "--limit", "0"], "--limit"),
    ],
)
def test_the_command_refuses_in_a_sentence(office, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_a_file_cut_short_is_imported_as_far_as_it_goes_and_fails_loudly(office, source, caplog):
    caplog.set_level(logging.CRITICAL)
    path = source([row(n, teks=f"{n}" * 500) for n in range(1, 300)], "cut.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(CommandError, match="terpotong setelah baris"):
        run(path)
    assert RegulationPage.objects.count() > 50
