"""Pinned results in the admin: each office its own, chosen from a hit, refused with a sentence."""

import pytest

from catalogue.models import DIPIndexPage
from home.enums import Role
from search.pins import PinnedResult
from tests.admin.test_search_pages import PINS, text_of
from tests.factories import DIPEntryPageFactory, UserFactory, section_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def pin_data(office, page, **kwargs):
    return {
        "office": office.pk,
        "words": "jadwal",
        "page": page.pk,
        "order": "1",
        "until": "",
        "note": "",
        **kwargs,
    }


def test_an_editor_pins_from_a_hit_with_both_filled_in(client, office, people):
    page = DIPEntryPageFactory(office=office, title="Jadwal kampanye")
    client.force_login(people.editor)
    form = text_of(client, f"{PINS}create/?kata=jadwal&kantor={office.kode_wilayah}&halaman={page.pk}")
    assert 'value="jadwal"' in form
    assert "Jadwal kampanye" in form
    client.post(f"{PINS}create/", pin_data(office, page))
    pin = PinnedResult.objects.get()
    assert (pin.office, pin.page_id, pin.key) == (office, page.pk, "jadwal")
    listing = text_of(client, PINS)
    assert "Jadwal kampanye" in listing
    assert ">ya<" in listing
    page.unpublish()
    assert "halamannya belum terbuka" in text_of(client, PINS)


def test_pins_of_another_office_are_neither_seen_nor_touched(client, office, other_office, people):
    theirs = DIPEntryPageFactory(office=other_office, title="Entri cilegon")
    pin = PinnedResult.objects.create(office=other_office, words="kata cilegon", page=theirs)
    client.force_login(people.admin)
    for address in (
        PINS,
        f"{PINS}?export=csv",
        f"{PINS}edit/{pin.pk}/",
        f"{PINS}delete/{pin.pk}/",
        f"{PINS}history/{pin.pk}/",
    ):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert "cilegon" not in body.decode().lower(), address
    own = DIPEntryPageFactory(office=office, title="Milik sendiri")
    for address in (f"{PINS}edit/{pin.pk}/", f"{PINS}delete/{pin.pk}/"):
        assert client.post(address, pin_data(office, own)).status_code == 302
    pin.refresh_from_db()
    assert (pin.office, pin.page_id) == (other_office, theirs.pk)


def test_a_pin_for_another_office_or_to_its_draft_is_refused(client, office, other_office, people):
    own = DIPEntryPageFactory(office=office, title="Milik sendiri")
    theirs = DIPEntryPageFactory(office=other_office, title="Rancangan cilegon", draft=True)
    client.force_login(people.editor)
    client.post(f"{PINS}create/", pin_data(other_office, own))
    client.post(f"{PINS}create/", pin_data(office, theirs))
    assert not PinnedResult.objects.exists()
    for query in (f"halaman={theirs.pk}", f"kantor={other_office.kode_wilayah}", "halaman=abc&kata=%00"):
        assert "cilegon" not in text_of(client, f"{PINS}create/?{query}").lower()


def test_an_editor_here_who_only_reads_there_pins_only_here(client, office, other_office):
    user = UserFactory(role=Role.EDITOR, office=office)
    user.groups.add(other_office.group(Role.DESK))
    page = DIPEntryPageFactory(office=other_office, title="Milik sana")
    pin = PinnedResult.objects.create(office=other_office, words="sana", page=page)
    client.force_login(user)
    client.post(f"{PINS}create/", pin_data(other_office, page))
    client.post(f"{PINS}delete/{pin.pk}/")
    assert list(PinnedResult.objects.all()) == [pin]
    assert "Milik sana" not in text_of(client, PINS)


def test_what_was_typed_stays_when_a_pin_is_refused(client, office, people):
    section = section_of(office, DIPIndexPage)
    client.force_login(people.editor)
    response = client.post(
        f"{PINS}create/", pin_data(office, section, words="jadwal pilkada", note="Penting")
    )
    text = response.content.decode()
    assert "tidak pernah tampil di hasil pencarian" in text
    assert 'value="jadwal pilkada"' in text
    assert 'value="Penting"' in text
