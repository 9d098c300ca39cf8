"""What the catalogue adds to the dashboard: overdue renewals, missing files, unread texts, an odd mix, figures."""

from django.db.models import Count
from django.db.models.functions import Substr
from django.urls import reverse
from wagtail.models import Page

from catalogue.enums import ExemptionStatus, InformationClass
from catalogue.models import (
    CatalogueFile,
    CataloguePage,
    DIPEntryPage,
    ExemptedInformationPage,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)
from catalogue.rules.class_mix import mix_warnings
from documents.enums import ExtractionState
from documents.models import OfficeDocument
from home.dashboard import WRITERS, Attention, Figure, register_attention, register_figures
from home.models import Office
from home.scope import has_role, pages_of
from home.templatetags.eppid import angka

MIX_WARNINGS = 5  # shown at most, to somebody who works for many offices
ROOT_PATH_LENGTH = 2 * Page.steplen  # home pages of offices stand right below the root


def _list_url(model: type, query: str = "") -> str:
    name = f"{model._meta.app_label}_{model._meta.model_name}_modeladmin_index"
    return reverse(name) + (f"?{query}" if query else "")


def _today(offices: list[Office]):
    return (offices[0] if offices else Office()).today()


def overdue_attention(user, offices: list[Office]) -> list[Attention]:
    """Entries whose renewal is overdue (UU 14/2008 Pasal 9: at least every six months)."""
    overdue = (
        pages_of(user, DIPEntryPage.objects.all()).filter(jatuh_tempo_pembaruan__lt=_today(offices)).count()
    )
    if not overdue:
        return []
    return [
        Attention(
            f"{angka(overdue)} informasi publik terlambat diperbarui.",
            "Informasi berkala diperbarui paling lama tiap enam bulan.",
            _list_url(DIPEntryPage, "pembaruan=terlambat"),
        )
    ]


def file_attention(user, offices: list[Office]) -> list[Attention]:
    """Live entries without a file, for the kinds that need one."""
    items = []
    for model in (DIPEntryPage, RegulationPage, ServiceReportPage, OpenDatasetPage):
        entries = pages_of(user, model.objects.live()).filter(files__isnull=True)
        if model is DIPEntryPage:
            entries = entries.filter(softcopy=True, tautan_eksternal="")
        if count := entries.count():
            name = model._meta.verbose_name
            items.append(
                Attention(f"{angka(count)} {name} terbit tanpa berkas.", "", _list_url(model, "berkas=tanpa"))
            )
    return items


def text_attention(user, offices: list[Office]) -> list[Attention]:
    """Files whose text could not be read: the public cannot search them."""
    uses = CatalogueFile.objects.filter(page__in=pages_of(user, CataloguePage.objects.all()).values("pk"))
    failed = OfficeDocument.objects.filter(
        pk__in=uses.values("document"), extraction_state__in=(ExtractionState.FAILED, ExtractionState.NO_TEXT)
    )
    count = failed.count()
    if not count:
        return []
    first = failed.order_by("title").first()
    reason = f" {first.extraction_reason}" if first.extraction_reason else ""
    return [
        Attention(
            f"Teks {angka(count)} berkas tidak terbaca, jadi isinya tidak dapat dicari.",
            f"Contoh: “{first.title}”.{reason}",
            reverse("wagtaildocs:edit", args=[first.pk]),
            "Buka berkas pertama",
        )
    ]


def class_mix_attention(user, offices: list[Office]) -> list[Attention]:
    """A mix of information classes that looks wrong, office by office, in one query."""
    roots = {office.site.root_page.path: office for office in offices}
    entries = pages_of(user, DIPEntryPage.objects.all()).order_by()
    rows = entries.annotate(root=Substr("path", 1, ROOT_PATH_LENGTH)).values_list("root", "klasifikasi")
    counts: dict[str, dict[str, int]] = {}
    for root, klasifikasi, total in rows.annotate(total=Count("pk")):
        counts.setdefault(root, {})[klasifikasi] = total
    return [
        Attention(
            f"{roots[root].name}: {warning.message}",
            warning.advice,
            _list_url(DIPEntryPage, f"klasifikasi={warning.klasifikasi}"),
            "Periksa satu per satu",
        )
        for root in counts
        if root in roots
        for warning in mix_warnings(counts[root])
    ][:MIX_WARNINGS]


def exemption_attention(user, offices: list[Office]) -> list[Attention]:
    """Exemptions whose term has passed: the information is open now, and belongs into the DIP."""
    over = pages_of(user, ExemptedInformationPage.objects.live()).filter(
        status_pengecualian=ExemptionStatus.IN_FORCE, tanggal_berakhir__lte=_today(offices)
    )
    count = over.count()
    if not count:
        return []
    return [
        Attention(
            f"Jangka waktu {angka(count)} pengecualian sudah berakhir.",
            "Informasinya kini terbuka: masukkan ke Daftar Informasi Publik.",
            _list_url(ExemptedInformationPage),
        )
    ]


ATTENTION = (overdue_attention, file_attention, text_attention, class_mix_attention, exemption_attention)


def for_writers(provider):
    """Return the provider, silent for people who only read."""

    def provide(user, offices):
        return provider(user, offices) if has_role(user, *WRITERS) else []

    return provide


def catalogue_figures(user, offices: list[Office]) -> list[Figure]:
    """Live entries by kind, those of the DIP by class."""
    dip = pages_of(user, DIPEntryPage.objects.live()).order_by().values_list("klasifikasi")
    by_class = dict(dip.annotate(total=Count("pk")))
    figures = [
        Figure("informasi publik terbit", sum(by_class.values()), _list_url(DIPEntryPage, "keadaan=terbit"))
    ]
    figures += [
        Figure(kind.label, by_class.get(kind.value, 0), _list_url(DIPEntryPage, f"klasifikasi={kind.value}"))
        for kind in InformationClass
    ]
    for model in (RegulationPage, ExemptedInformationPage, OpenDatasetPage, ServiceReportPage):
        count = pages_of(user, model.objects.live()).count()
        figures.append(
            Figure(f"{model._meta.verbose_name} terbit", count, _list_url(model, "keadaan=terbit"))
        )
    return figures


def register() -> None:
    """Add this room's knowledge to the dashboard."""
    for provider in ATTENTION:
        register_attention(for_writers(provider))
    register_figures(catalogue_figures)
