"""A file says how often it was downloaded, wherever it is shown, in one query a page."""

import datetime as dt

import pytest

from tests import factories
from tests.analytics.usage import document_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 2)


@pytest.fixture
def office():
    return factories.shared_office()


def test_page_reading_view_and_history_say_it(client, office):
    document = factories.DocumentFactory(office=office)
    page = factories.RegulationPageFactory(files=[document])
    document_day(office, DAY, document, downloads=1000)
    document_day(office, DAY + dt.timedelta(days=400), document, downloads=234)
    for url in (page.url, document.text_url, f"/dokumen/{document.pk}/"):
        assert "iunduh 1.234 kali" in client.get(url).content.decode(), url
    assert f"/statistik/unduhan/{document.pk}/" in client.get(f"/dokumen/{document.pk}/").content.decode()


def test_of_what_nobody_downloaded_nothing_is_said(client, office):
    document = factories.DocumentFactory(office=office)
    page = factories.RegulationPageFactory(files=[document])
    for url in (page.url, document.text_url, f"/dokumen/{document.pk}/"):
        assert "iunduh 0" not in client.get(url).content.decode()


def test_a_page_with_many_files_asks_once(client, office, django_assert_max_num_queries):
    counts = []
    for number in (1, 8):
        files = [factories.DocumentFactory(office=office) for _ in range(number)]
        page = factories.RegulationPageFactory(files=files)
        for document in files:
            document_day(office, DAY, document)
        client.get(page.url)
        with django_assert_max_num_queries(60) as captured:
            html = client.get(page.url).content.decode()
        assert html.count("diunduh 3 kali") == number
        counts.append(sum("analytics_documentday" in query["sql"] for query in captured.captured_queries))
    assert counts == [1, 1]
