"""Statutory terms are explained where they stand: once a page, never inside links or headings, never as markup."""

import pytest
from django.utils.safestring import mark_safe

from home.glossary import explain
from home.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_terms")]


@pytest.fixture
def _terms():
    GlossaryTerm.objects.all().delete()
    GlossaryTerm.objects.create(
        term="informasi serta-merta", variants="serta merta", explanation="Yang harus segera diumumkan."
    )
    GlossaryTerm.objects.create(term="PPID", explanation="Pejabat yang mengelola informasi <publik>.")


def test_first_mention_is_followed_by_its_meaning():
    html = explain("Tentang serta merta dan serta merta.")
    assert html == (
        "Tentang <dfn>serta merta</dfn> "
        '<span class="meaning">(Yang harus segera diumumkan)</span> dan serta merta.'
    )


@pytest.mark.parametrize("form", ["Serta-Merta", "SERTA MERTA", "serta  merta", "informasi serta-merta"])
def test_written_forms_are_recognised(form):
    assert f"<dfn>{form}</dfn>" in explain(f"Ini {form} kita")


def test_longer_words_are_left_alone():
    assert "<dfn>" not in explain("PPIDku dan non-PPID-an")


def test_once_a_page_over_several_texts(rf):
    request = rf.get("/")
    assert "<dfn>" in explain("PPID kami", request)
    assert "<dfn>" not in explain("PPID kami", request)
    assert "<dfn>" in explain("PPID kami", rf.get("/"))


def test_links_and_headings_keep_their_words():
    html = mark_safe('<h2>PPID</h2><p><a href="/x/">PPID</a> dan PPID</p>')
    assert explain(html).count("<dfn>") == 1
    assert '<a href="/x/">PPID</a>' in explain(html)


def test_plain_text_is_escaped_and_so_is_the_meaning():
    html = explain("<script>alert(1)</script> PPID")
    assert "<script>" not in html
    assert "&lt;publik&gt;" in html


def test_one_query_a_request(rf, django_assert_num_queries):
    request = rf.get("/")
    with django_assert_num_queries(1):
        for _ in range(5):
            explain("PPID dan serta merta", request)


def test_without_terms_the_text_is_unchanged():
    GlossaryTerm.objects.all().delete()
    assert explain(mark_safe("<p>PPID &amp; kami</p>")) == "<p>PPID &amp; kami</p>"
