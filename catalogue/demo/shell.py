"""The editorial pages of the demo office: welcome, profile, structure, procedures, questions, an announcement."""

import datetime as dt

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from wagtail.models import Page

from catalogue.demo import files, texts
from catalogue.demo.glossary import GLOSSARY
from home.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    FAQItem,
    FAQPage,
    GlossaryTerm,
    Office,
    ProfileIndexPage,
    ProfilePage,
    SOPIndexPage,
    SOPPage,
    StructurePage,
    StructureRole,
)


def add_page(parent: Page, page: Page) -> Page:
    """Publish a page below `parent` unless one stands at its address; return the one that stands there."""
    page.slug = page.slug or slugify(page.title)[:100]
    existing = parent.get_children().filter(slug=page.slug).first()
    if existing is not None:
        return existing.specific
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def section(office: Office, model: type[Page]) -> Page:
    """Return the office's one page of a kind."""
    return model.objects.descendant_of(office.home_page).get()


def load_shell(office: Office) -> None:
    """Fill the editorial pages of the demo office."""
    _welcome(office)
    _profile(office)
    _procedures(office)
    _questions(office)
    _announcement(office)
    for term, variants, explanation, basis in GLOSSARY:
        GlossaryTerm.objects.get_or_create(
            term=term, defaults={"variants": variants, "explanation": explanation, "legal_basis": basis}
        )


def load_upper_office(office: Office) -> None:
    """Give an office above a welcome of its own; its site shows what the city's decisions rest on."""
    home = office.home_page.specific
    if not home.welcome_text:
        home.welcome_text = format_html(texts.UPPER_WELCOME, name=office.name)
        home.save_revision().publish()


def paragraphs(*lines: str) -> str:
    """Rich text of plain paragraphs."""
    return str(format_html_join("", "<p>{}</p>", ((line,) for line in lines)))


def steps(*lines: str) -> str:
    """Rich text of a numbered list."""
    return str(format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((line,) for line in lines))))


def _welcome(office: Office) -> None:
    home = office.home_page.specific
    if home.welcome_text:
        return
    home.welcome_text = paragraphs(*texts.WELCOME)
    home.popular_queries = "daftar pemilih tetap; hasil pilwalkot; PKPU 22/2023"
    home.save_revision().publish()


def _profile(office: Office) -> None:
    index = section(office, ProfileIndexPage)
    for title, intro, lines in texts.PROFILE:
        add_page(index, ProfilePage(title=title, intro=intro, body=paragraphs(*lines)))
    add_page(
        index,
        StructurePage(
            title="Struktur PPID",
            intro=paragraphs("Siapa mengerjakan apa dalam pelayanan informasi, menurut jabatannya."),
            sk_penetapan=texts.STRUCTURE_DECREE,
            roles=[
                StructureRole(peran=role, jabatan=post, tugas=duty, sort_order=order)
                for order, (role, post, duty) in enumerate(texts.STRUCTURE)
            ],
        ),
    )


def _procedures(office: Office) -> None:
    index = section(office, SOPIndexPage)
    for number, (title, summary, lines) in enumerate(texts.PROCEDURES, 1):
        pages = [
            [summary, "Dasar: Keputusan KPU Nomor 88/Kpts/KPU/TAHUN 2015."],
            [f"{step}. {line}" for step, line in enumerate(lines, 1)],
        ]
        document = files.stored(office, title, f"sop-{number}.pdf", files.text_pdf(title, pages))
        add_page(
            index,
            SOPPage(
                title=title,
                nomor=number,
                tahun=2021,
                ringkasan=summary,
                body=steps(*lines),
                document=document,
            ),
        )


def _questions(office: Office) -> None:
    page = section(office, FAQPage)
    if page.items.exists():
        return
    page.items = [
        FAQItem(topic=topic, question=question, answer=paragraphs(*answer), sort_order=order)
        for order, (topic, question, answer) in enumerate(texts.QUESTIONS)
    ]
    page.save_revision().publish()


def _announcement(office: Office) -> None:
    now = timezone.now()
    title, summary, lines = texts.ANNOUNCEMENT
    add_page(
        section(office, AnnouncementIndexPage),
        AnnouncementPage(
            title=title,
            ringkasan=summary,
            body=paragraphs(*lines),
            is_banner=True,
            banner_from=now,
            banner_until=now + dt.timedelta(days=30),
        ),
    )
