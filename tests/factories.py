"""Offices, people, pages and files for tests, in every state that a page or a file can be in.

Pages take a state as a trait: `RegulationPageFactory(draft=True)`. Without one they are live. `files=[document, …]`
attaches files, `office=` (or `parent=`) says where the page stands; without it pages go to one shared office.
`quick=True` writes a live page without a revision and without the signals of publication, for long lists.
"""

import datetime as dt
from enum import Enum

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import PageViewRestriction

from catalogue import models as catalogue
from catalogue.enums import FileRole, TestOutcome
from catalogue.office_setup import OfficeSpec, create_office
from documents.models import OfficeDocument
from home import models as home
from home.enums import OfficeLevel, Role
from tests.document_factory import DocumentFactory as DocumentFactory
from tests.snapshot import Snapshot

CITY_CODE = "3673"
PASSWORD = "kata-sandi-untuk-uji"


class State(Enum):
    """States of publication. `LATE` is expired by the clock while the scheduler has not unpublished it yet."""

    LIVE = "live"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    PRIVATE = "private"
    DELETED = "deleted"


# --- offices and people -----------------------------------------------------------------------------------------------


class OfficeFactory(DjangoModelFactory):
    """An office with its site, file collection and whole page tree. The first one answers on every host."""

    class Meta:
        model = home.Office

    class Params:
        province = factory.Trait(level=OfficeLevel.PROVINCE, kode_wilayah="36", name="KPU Provinsi Banten")
        national = factory.Trait(level=OfficeLevel.NATIONAL, kode_wilayah="0", name="KPU RI")

    level = OfficeLevel.CITY
    kode_wilayah = factory.Sequence(lambda n: f"{3700 + n % 200}")
    name = factory.LazyAttribute(lambda o: f"KPU Kota {o.kode_wilayah}")
    nama_lembaga = factory.LazyAttribute(lambda o: o.name.replace("KPU", "Komisi Pemilihan Umum"))
    kota = "Kota Serang"
    alamat = "Jalan Contoh Nomor 1, Kota Serang"
    hostname = factory.LazyAttribute(lambda o: f"kpu{o.kode_wilayah}.localhost")
    port = 80
    parent = None
    fields: dict = factory.LazyFunction(dict)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        is_first = not home.Office.objects.exists()
        if is_first:
            kwargs["hostname"] = "localhost"
        return create_office(OfficeSpec(is_default_site=is_first, **kwargs))


def shared_office() -> home.Office:
    """Return the office of pages that name none: KPU Kota Serang, made when it is first needed."""
    if not home.Office.objects.filter(kode_wilayah=CITY_CODE).exists():
        _SHARED_OFFICE.restore()
    return home.Office.objects.get(kode_wilayah=CITY_CODE)


_SHARED_OFFICE = Snapshot(
    lambda: OfficeFactory(
        kode_wilayah=CITY_CODE,
        name="KPU Kota Serang",
        fields={"break_starts_at": dt.time(12), "break_ends_at": dt.time(13), "telepon": "(0254) 200374"},
    )
)


class WorkUnitFactory(DjangoModelFactory):
    """A unit of an office."""

    class Meta:
        model = home.WorkUnit
        django_get_or_create = ("office", "name")

    office = factory.LazyFunction(shared_office)
    name = "Subbagian Hukum"


class UserFactory(DjangoModelFactory):
    """A person who may sign in with `PASSWORD`; a role trait puts them into that group of `office`."""

    class Meta:
        model = get_user_model()

    class Params:
        editor = factory.Trait(role=Role.EDITOR)
        liaison = factory.Trait(role=Role.LIAISON)
        ppid = factory.Trait(role=Role.PPID)
        superior = factory.Trait(role=Role.SUPERIOR)
        desk = factory.Trait(role=Role.DESK)
        admin = factory.Trait(role=Role.ADMIN)
        superuser = factory.Trait(is_superuser=True)

    username = factory.Sequence(lambda n: f"petugas{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@contoh.invalid")
    role = None
    office = None

    @classmethod
    def _create(cls, model_class, *args, role=None, office=None, **kwargs):
        user = model_class.objects.create_user(*args, password=PASSWORD, **kwargs)
        if role:
            user.groups.add(role_group(office or shared_office(), role))
        return user


def role_group(office: home.Office, role: Role) -> Group:
    """Return the office's group of a role; an office set up without groups gets an empty one."""
    group = office.group(role)
    if group is None:
        group = Group.objects.create(name=f"{Role(role).label} {office.name}")
        home.OfficeGroup.objects.create(office=office, role=role, group=group)
    return group


# --- pages ------------------------------------------------------------------------------------------------------------


class _PageFactory(DjangoModelFactory):
    """A page in the office's section for its kind, in one state of publication."""

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(state=State.DRAFT)
        scheduled = factory.Trait(state=State.SCHEDULED)
        expired = factory.Trait(state=State.EXPIRED)
        late = factory.Trait(state=State.LATE)
        withdrawn = factory.Trait(state=State.WITHDRAWN)
        private = factory.Trait(state=State.PRIVATE)
        deleted = factory.Trait(state=State.DELETED)

    state = State.LIVE
    quick = False
    office = factory.Maybe("parent", None, factory.LazyFunction(shared_office))
    parent = None
    files: tuple = ()
    #: Model of the section page below which pages of this kind stand.
    section_model = None

    @classmethod
    def _create(cls, model_class, *args, state, quick, office, parent, files, section_model, **kwargs):
        parent = parent or section_of(office, section_model)
        if quick:
            kwargs["first_published_at"] = kwargs["last_published_at"] = timezone.now()
        page = model_class(*args, **kwargs, live=quick)
        if files:
            page.files = [
                catalogue.CatalogueFile(document=document, role=_role_of(document)) for document in files
            ]
        parent.add_child(instance=page)
        if not quick:
            put_into_state(page, state)
        return page


class _EntryFactory(_PageFactory):
    """What every catalogue entry carries."""

    class Meta:
        abstract = True

    ringkasan = "Ringkasan dengan kata yang dipakai masyarakat."
    unit_kerja = factory.LazyAttribute(
        lambda o: WorkUnitFactory(office=o.office or home.Office.objects.for_page(o.parent))
    )


class RegulationPageFactory(_EntryFactory):
    """A regulation; `nomor` decides number and year."""

    class Meta:
        model = catalogue.RegulationPage

    section_model = catalogue.RegulationIndexPage
    jenis = "pkpu"
    nomor = factory.Sequence(lambda n: f"{n + 1} Tahun 2023")
    title = factory.LazyAttribute(lambda o: f"Peraturan KPU Nomor {o.nomor}")
    tentang = "Pengelolaan dan Pelayanan Informasi Publik"
    tanggal_penetapan = dt.date(2023, 10, 30)


class DIPEntryPageFactory(_EntryFactory):
    """A DIP entry."""

    class Meta:
        model = catalogue.DIPEntryPage

    section_model = catalogue.DIPIndexPage
    title = factory.Sequence(lambda n: f"Berita Acara Rekapitulasi DPT {n}")
    nomor = factory.Sequence(lambda n: str(n % 9000 + 1))
    klasifikasi = "berkala"
    pejabat_penanggung_jawab = "Kepala Subbagian Data"
    tanggal_penerbitan = dt.date(2024, 9, 21)
    tempat_penerbitan = "Kota Serang"
    retensi_arsip = "5 tahun"
    periode_pembaruan = "semester"


class ConsequenceTestFactory(DjangoModelFactory):
    """A concluded consequence test that exempts."""

    class Meta:
        model = catalogue.ConsequenceTest

    nomor = factory.Sequence(lambda n: f"{n + 1}/UK/2024")
    tanggal = dt.date(2024, 3, 1)
    kantor = factory.LazyFunction(shared_office)
    penguji = "KPU RI"
    langkah_a = "Materi, sifat, dan lingkup."
    langkah_b = "Kerugian bila dibuka."
    langkah_c = "UU Nomor 27 Tahun 2022."
    langkah_d = "Kepentingan publik."
    langkah_e = "Hasil penyeimbangan."
    hasil = TestOutcome.EXEMPTED


class ExemptedInformationPageFactory(_EntryFactory):
    """An exempted entry with its ground, test and decision."""

    class Meta:
        model = catalogue.ExemptedInformationPage

    section_model = catalogue.ExemptedIndexPage
    title = factory.Sequence(lambda n: f"NIK pemilih dalam formulir {n}")
    lingkup_materi = "Nomor induk kependudukan."
    konsekuensi_dibuka = "Data pribadi dapat disalahgunakan."
    konsekuensi_ditutup = "Rahasia pribadi terlindungi."
    jangka_waktu = "Sampai ada persetujuan tertulis pemiliknya"
    peristiwa_berakhir = "Pemilik memberi persetujuan tertulis"
    nomor_keputusan = "Keputusan KPU 169/Kpts/KPU/2015"
    tingkat_penetap = OfficeLevel.NATIONAL
    tanggal_keputusan = dt.date(2024, 4, 1)
    uji_konsekuensi = factory.SubFactory(ConsequenceTestFactory)
    dasar_hukum = factory.LazyFunction(lambda: [catalogue.LegalBasis(pasal_17="h", pasal="17", huruf="h")])


class ServiceReportPageFactory(_EntryFactory):
    """An annual service report."""

    class Meta:
        model = catalogue.ServiceReportPage

    section_model = catalogue.ReportIndexPage
    tahun = factory.Sequence(lambda n: 2010 + n % 16)
    title = factory.LazyAttribute(lambda o: f"Laporan Layanan Informasi Publik Tahun {o.tahun}")


class OpenDatasetPageFactory(_EntryFactory):
    """A dataset with a data dictionary of two columns."""

    class Meta:
        model = catalogue.OpenDatasetPage

    section_model = catalogue.DatasetIndexPage
    title = factory.Sequence(lambda n: f"Data pemilih per kecamatan {n}")
    periode_mulai = dt.date(2024, 9, 1)
    periode_selesai = dt.date(2024, 9, 21)
    kolom = factory.LazyFunction(
        lambda: [
            catalogue.DatasetColumn(nama="kecamatan", tipe="teks", keterangan="Nama kecamatan"),
            catalogue.DatasetColumn(nama="pemilih", tipe="angka bulat", keterangan="Jumlah", satuan="orang"),
        ]
    )


class SOPPageFactory(_PageFactory):
    """A standard operating procedure; its file is `document`."""

    class Meta:
        model = home.SOPPage

    section_model = home.SOPIndexPage
    title = factory.Sequence(lambda n: f"SOP Penanganan Keberatan {n}")
    nomor = factory.Sequence(lambda n: n % 8 + 1)
    tahun = 2021
    ringkasan = "Langkah kami saat Anda mengajukan keberatan."
    body = "<ol><li>Keberatan diterima.</li></ol>"
    document = None


class ProfilePageFactory(_PageFactory):
    """A page of the office's profile."""

    class Meta:
        model = home.ProfilePage

    section_model = home.ProfileIndexPage
    title = factory.Sequence(lambda n: f"Visi dan misi {n}")
    intro = "Arah kerja kami."
    body = "<p>Mandiri, profesional, berintegritas.</p>"


class AnnouncementPageFactory(_PageFactory):
    """An announcement; trait `banner` shows it on every page."""

    class Meta:
        model = home.AnnouncementPage

    class Params:
        banner = factory.Trait(is_banner=True)

    section_model = home.AnnouncementIndexPage
    title = factory.Sequence(lambda n: f"Banjir di sekitar kantor {n}")
    ringkasan = "Loket pindah sementara ke Aula Kecamatan Serang."
    body = "<p>Layanan tetap buka.</p>"


# --- where and how ----------------------------------------------------------------------------------------------------


def section_of(office: home.Office, model: type):
    """Return the office's section page of a kind."""
    return model.objects.descendant_of(office.home_page).first()


def put_into_state(page, state: State) -> None:
    """Bring a page that was never published into a state of publication, the way the site itself does it."""
    now = timezone.now()
    match state:
        case State.DRAFT:
            page.save_revision()
        case State.SCHEDULED:
            page.go_live_at = now + dt.timedelta(days=7)
            page.save_revision().publish()
        case _:
            page.save_revision().publish()
            page.refresh_from_db()
    match state:
        case State.EXPIRED:
            page.expire_at = now - dt.timedelta(hours=1)
            page.save()
            page.unpublish(set_expired=True)
        case State.LATE:
            type(page).objects.filter(pk=page.pk).update(expire_at=now - dt.timedelta(hours=1))
        case State.WITHDRAWN:
            page.unpublish()
            home.Withdrawal.objects.create(
                page=page, url_path=page.url_path, title=page.title, reason="Memuat data yang keliru."
            )
        case State.PRIVATE:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        case State.DELETED:
            page.delete()
    if state is not State.DELETED:
        page.refresh_from_db()


def _role_of(document: OfficeDocument) -> str:
    return FileRole.DATA if document.mime_type == "text/csv" else FileRole.MAIN
