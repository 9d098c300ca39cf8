"""The reading view: what a file says, page by page, at addresses that search results can point to."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def public_document(**kwargs):
    document = factories.DocumentFactory(office=factories.shared_office(), **kwargs)
    factories.RegulationPageFactory(files=[document])
    return document


def test_each_page_has_an_anchor_and_a_link_into_the_pdf(client):
    document = public_document(texts=["Pasal satu", "Pasal dua"])
    page = client.get(document.text_url).content.decode()
    assert 'id="halaman-2"' in page
    assert "Pasal dua" in page
    assert f'href="{document.url}#page=2"' in page


def test_address_of_a_far_page_opens_its_part(client):
    document = public_document(texts=[f"Isi lembar ke-{number}." for number in range(1, 121)])
    address = document.page_text_url(120)
    assert address.endswith("?halaman=120#halaman-120")
    page = client.get(address).content.decode()
    assert "Isi lembar ke-120." in page
    assert "Isi lembar ke-20." not in page
    assert document.page_text_url(3).endswith("/teks/#halaman-3")


@pytest.mark.parametrize(
    "query", ["halaman=abc", "halaman=-1", "halaman=99999999999999999999", "bagian=x", "halaman=²"]
)
def test_odd_page_numbers_show_something(client, query):
    document = public_document()
    assert client.get(f"{document.text_url}?{query}").status_code == 200


def test_markup_in_a_text_is_shown_not_run(client):
    document = public_document(texts=["<script>alert(1)</script>"])
    page = client.get(document.text_url).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_ocr_text_is_marked_as_unofficial(client):
    scanned, plain = public_document(scanned=True), public_document()
    assert "bukan naskah resmi" in client.get(scanned.text_url).content.decode()
    assert "bukan naskah resmi" not in client.get(plain.text_url).content.decode()


def test_incomplete_text_says_so(client):
    document = public_document(scanned=True, extraction_reason="Halaman 3: tidak terbaca.")
    assert "Halaman 3: tidak terbaca." in client.get(document.text_url).content.decode()


def test_number_of_queries_does_not_grow_with_the_pages(client, django_assert_max_num_queries):
    short, long = public_document(texts=["a"]), public_document(texts=["a"] * 40)
    with django_assert_max_num_queries(200) as first:
        client.get(short.text_url)
    with django_assert_max_num_queries(200) as second:
        client.get(long.text_url)
    assert len(second) <= len(first)


def test_address_in_a_workbook_is_its_reading_view():
    document = factories.DocumentFactory(csv=True)
    assert document.page_url(2) == reverse("documents:text", args=[document.pk]) + "#halaman-2"
