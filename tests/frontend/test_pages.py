"""Every public page: answers, is well formed for people and machines, and carries nothing that the policy forbids."""

import datetime as dt
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import Site

from catalogue.enums import RelationType
from catalogue.models import RegulationIndexPage, RegulationPage, RegulationRelation

pytestmark = pytest.mark.django_db


def _soup(client, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status, path
    return BeautifulSoup(response.content, "html.parser")


def _structured(soup) -> dict[str, dict]:
    blocks = [json.loads(tag.string) for tag in soup.find_all("script", type="application/ld+json")]
    return {block["@type"]: block for block in blocks}


def test_every_page_is_whole_and_obeys_the_strict_policy(sample, client):
    """One heading, a language, a title, a skip link that leads somewhere; no inline style, script or handler."""
    for name, path in {**sample.paths, "styleguide": "/gaya/"}.items():
        soup = _soup(client, path)
        assert soup.html["lang"] == "id", name
        assert len(soup.find_all("h1")) == 1, name
        assert soup.title.text.strip().endswith("e-PPID KPU Kota Serang"), name
        assert soup.find(id=soup.select_one("a.skip")["href"][1:]).name == "main", name
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), name
        inline = [
            tag.name
            for tag in soup.find_all(True)
            if "style" in tag.attrs or any(attribute.startswith("on") for attribute in tag.attrs)
        ]
        assert not inline, name
        assert not soup.find_all("style"), name
        scripts = soup.find_all("script")
        assert all(tag.get("src") or tag["type"] == "application/ld+json" for tag in scripts), name
        assert "{{" not in str(soup), name
        assert "{%" not in str(soup), name


def test_policy_allows_no_inline_code(sample, client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_links_inside_the_site_lead_somewhere(sample, client):
    """Every address of our own that a page shows answers; files are answered by the documents room."""
    targets = set()
    for path in sample.paths.values():
        for link in _soup(client, path).find_all("a", href=True):
            target = link["href"].split("#")[0].split("?")[0]
            if target.startswith("/") and not target.startswith(("/admin/", "/dokumen/", "/api/")):
                targets.add(target)
    broken = [target for target in sorted(targets) if client.get(target).status_code != 200]
    assert not broken


def test_home_page_counts_classes_and_names_the_newest(sample, client):
    soup = _soup(client, "/")
    figures = [tag.find(string=True).strip() for tag in soup.select(".card .figure")]
    assert figures[:3] == ["1", "0", "0"]
    assert soup.select_one(".rows .row__title a").text.strip().startswith("Data pemilih")
    office = _structured(soup)["GovernmentOrganization"]
    assert office["telephone"] == "(0254) 200374"
    assert office["openingHoursSpecification"]["opens"] == "09:00"


def test_banner_of_a_running_announcement_stands_on_every_page(sample, client):
    assert "Loket pindah" in _soup(client, "/regulasi/").select_one(".banner").text


def test_revoked_regulation_warns_and_links_what_replaced_it(sample, client):
    soup = _soup(client, sample.paths["regulation_revoked"])
    warning = soup.select_one(".note--bad")
    assert "Tidak berlaku lagi sejak 1 November 2023." in warning.text
    assert warning.a["href"] == sample.paths["regulation_in_force"]
    assert soup.select_one("#status-pada .tag") is None
    legislation = _structured(soup)["Legislation"]
    assert legislation["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert legislation["legislationDate"] == "2015-01-30"
    assert legislation["encoding"][0]["contentUrl"].startswith("http")


def test_status_on_a_date_is_answered_on_the_page(sample, client):
    answer = _soup(client, sample.paths["regulation_on_date"]).select_one("#status-pada")
    assert answer.select_one(".tag--ok").text == "Berlaku"
    assert "31 Oktober 2023" in answer.text


def test_unreadable_date_keeps_what_was_typed_and_says_how(sample, client):
    answer = _soup(client, sample.paths["regulation_wrong_date"]).select_one("#status-pada")
    assert answer.select_one("#pada")["value"] == "kemarin"
    assert answer.select_one("#pada")["aria-describedby"] == answer.select_one("[role=alert]")["id"]


def test_breadcrumbs_for_machines_lead_from_home_to_the_page(sample, client):
    steps = _structured(_soup(client, sample.paths["dip_entry"]))["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps[:2]] == ["Beranda", "Daftar Informasi Publik"]
    assert steps[-1]["item"].endswith(sample.paths["dip_entry"])


def test_dataset_is_described_for_machines(sample, client):
    dataset = _structured(_soup(client, sample.paths["dataset"]))["Dataset"]
    assert dataset["temporalCoverage"] == "2024-09-01/2024-09-21"
    assert dataset["license"].startswith("https://creativecommons.org/")
    assert dataset["variableMeasured"] == ["kecamatan"]
    assert dataset["distribution"][0]["@type"] == "DataDownload"


def test_term_is_explained_once_a_page(sample, client):
    soup = _soup(client, sample.paths["dip_entry"])
    assert len(soup.find_all("dfn")) == 1
    assert "(Informasi yang harus segera diumumkan" in soup.select_one(".meaning").text


def test_file_row_tells_format_size_pages_and_offers_the_text(sample, client):
    row = _soup(client, sample.paths["regulation_revoked"]).select_one(".rows .row")
    facts = row.select_one(".row__meta").text.replace("\xa0", " ")
    assert "PDF, 2,4 MB, 38 halaman" in facts
    assert "baca sebagai teks" in facts


def test_incomplete_text_of_a_file_is_told(sample, client):
    assert "Teks berkas mungkin tidak lengkap." in _soup(client, sample.paths["dip_entry"]).text


def test_filters_are_kept_in_the_address_and_can_be_taken_away(sample, client):
    soup = _soup(client, sample.paths["regulation_filtered"])
    assert soup.select_one("#jumlah").text == "1 regulasi"
    assert soup.select_one("select[name=status] option[selected]")["value"] == "dicabut"
    assert "?status=dicabut" in [chip["href"] for chip in soup.select("a.chip")]
    assert "Saring (2)" in soup.select_one(".filters summary").text


def test_wrong_filter_is_explained_beside_its_field_and_the_list_stays(sample, client):
    soup = _soup(client, sample.paths["regulation_wrong_filter"])
    assert soup.select_one(".field--bad .field__error")
    assert soup.select(".rows .row")


def test_public_pages_are_indonesian_whatever_the_browser_asks_for(sample, client):
    """No English translation exists yet: half-English pages would be worse than Indonesian ones."""
    path = sample.paths["regulation_wrong_filter"]
    indonesian = client.get(path, headers={"Accept-Language": "id"}).content
    assert client.get(path, headers={"Accept-Language": "en-US,en"}).content == indonesian
    assert b"Select a valid choice" not in indonesian


def test_empty_list_says_what_to_do(sample, client):
    assert "Tidak ada yang cocok" in _soup(client, sample.paths["regulation_none"]).select_one(".empty").text
    assert "Belum ada informasi jenis ini" in _soup(client, sample.paths["dip_class_empty"]).text


def test_pages_of_a_list_keep_the_filters(sample, client):
    links = [
        link["href"] for link in _soup(client, "/regulasi/?jenis=keputusan-kpu-kabkota").select(".pager a")
    ]
    assert "?jenis=keputusan-kpu-kabkota&halaman=2" in links


def test_long_list_costs_no_more_queries_than_a_short_one(sample, client, django_assert_max_num_queries):
    index = RegulationIndexPage.objects.get()

    def queries(path: str) -> int:
        with django_assert_max_num_queries(60) as captured:
            client.get(path)
        return len(captured)

    path = "/regulasi/?jenis=pkpu"
    client.get(path)
    few = queries(path)
    for number in range(2, 12):
        page = RegulationPage(
            title=f"PKPU {number}",
            jenis="pkpu",
            nomor=f"{number} Tahun 2020",
            tahun=2020,
            slug=f"pkpu-{number}",
        )
        page.relations = [RegulationRelation(jenis=RelationType.AMENDS, target_text="UU 7/2017")]
        index.add_child(instance=page)
        page.save_revision().publish()
    assert queries(path) == few


def test_draft_decree_is_not_named_on_a_public_entry(sample, client):
    """An entry may point to a decree that is not public (yet): its title must not leak."""
    from catalogue.models import DIPEntryPage

    decree = RegulationPage(
        title="Keputusan rahasia", jenis="keputusan", nomor="9 Tahun 2024", tahun=2024, live=False
    )
    RegulationIndexPage.objects.get().add_child(instance=decree)
    entry = DIPEntryPage.objects.get()
    entry.sk_penetapan = decree
    entry.save()
    assert "Keputusan rahasia" not in client.get(sample.paths["dip_entry"]).content.decode()


def test_search_results_mark_words_and_open_the_page(sample, client):
    soup = _soup(client, sample.paths["search"])
    assert soup.select("mark")
    assert any("#page=" in link["href"] for link in soup.select(".extracts a"))
    assert soup.select_one("form[data-auto-submit] input[name=q]")["value"] == "daftar pemilih"


def test_nothing_found_gives_four_reasons_and_carries_the_words(sample, client):
    box = _soup(client, sample.paths["nothing"]).select_one(".empty")
    assert len(box.select("li")) == 4
    assert box.select_one("a.button")["href"] == "/permohonan/?rincian=zzzz"
    request_page = _soup(client, "/permohonan/?rincian=%3Cb%3Ezzzz")
    assert "“<b>zzzz”" in request_page.select_one(".note--info").text
    assert not request_page.select_one(".note--info").find("b")


def test_typed_filter_becomes_a_box_that_can_be_unticked(sample, client):
    soup = _soup(client, "/cari/?q=keputusan+tahun:2021")
    form = soup.select_one("form[data-auto-submit]")
    assert form.select_one("input[name=q]")["value"] == "keputusan"
    assert form.select_one("input[name=tahun][value='2021']").has_attr("checked")


@pytest.mark.parametrize(
    "odd", ["%00", "%22", "<script>alert(1)</script>", "a" * 3000, "tahun:abc", "-", "%F0%9F%98%80"]
)
def test_odd_searches_are_answered_and_never_become_markup(sample, client, odd):
    html = client.get(f"/cari/?q={odd}&halaman=-3&tahun=<b>").content.decode()
    assert "<script>alert" not in html
    assert "<b>" not in html


def test_unknown_address_offers_a_search(sample, client):
    soup = _soup(client, "/tidak-ada/", 404)
    assert soup.select_one("main form[role=search]")


def test_withdrawn_page_states_the_reason_and_hides_the_title_when_told(sample, rf):
    class Withdrawal:
        title = "Judul yang ditarik"
        reason = "Memuat data pribadi."
        withdrawn_at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
        show_title = True

    shown = render_to_string("410.html", {"withdrawal": Withdrawal()}, rf.get("/regulasi/x/"))
    assert "Judul yang ditarik" in shown
    assert "1 Maret 2026" in shown
    assert "Memuat data pribadi." in shown
    Withdrawal.show_title = False
    assert "Judul yang ditarik" not in render_to_string("410.html", {"withdrawal": Withdrawal()}, rf.get("/"))


def test_error_page_needs_no_database(django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        html = render_to_string("500.html", {}, rf.get("/"))
    assert "kesalahan di pihak kami" in html
    assert not re.search(r"\{[{%]", html)


def test_other_error_pages_stand_in_the_frame(sample, rf):
    for template in ("403.html", "429.html"):
        soup = BeautifulSoup(render_to_string(template, {}, rf.get("/")), "html.parser")
        assert len(soup.find_all("h1")) == 1
        assert soup.find("meta", content="noindex")


def test_component_page_exists_in_development_only(settings, client, db):
    settings.STYLEGUIDE = False
    assert client.get("/gaya/").status_code == 404


def test_another_offices_ancestors_are_no_part_of_the_way(sample):
    """A page's trail starts at its own office's home page."""
    assert Site.objects.get(is_default_site=True).root_page.depth == 2
    steps = _soup(Client(), sample.paths["regulation_revoked"]).select(".breadcrumb li")
    assert [step.text.strip("› \n") for step in steps][:2] == ["Beranda", "Regulasi"]
