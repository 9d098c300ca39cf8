"""Personal data at rest: unreadable without a key, readable across a change of keys, never shown by mistake."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from common.encryption import HIDDEN, Secret, Unreadable, keyed_hash
from search.subscriptions.enums import Frequency
from search.subscriptions.models import SavedSearch
from tests.factories import shared_office

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ADDRESS = "warga@contoh.id"


@pytest.fixture
def row(db, settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    row = SavedSearch.start(shared_office(), "q=dpt", ADDRESS, Frequency.DAILY)
    row.save()
    return row


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM search_savedsearch")
        return cursor.fetchone()[0]


def test_the_database_alone_tells_nothing(row):
    assert ADDRESS not in stored()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_savedsearch")
        assert "warga" not in str(cursor.fetchone())
    row.refresh_from_db()
    assert row.address.reveal() == ADDRESS
    assert Secret.of(ADDRESS).token != Secret.of(ADDRESS).token


def test_nothing_but_reveal_gives_the_text_away(row):
    row.refresh_from_db()
    assert f"{row.address} {row.address!r} {[row.address]} {row} {row!r}".count("contoh") == 0
    assert str(row.address) == HIDDEN


def test_a_plain_text_is_refused(row):
    row.address = ADDRESS
    with pytest.raises(TypeError):
        row.save()


def test_keys_rotate(row, settings, capsys):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    row.refresh_from_db()
    before = row.key.reveal()
    call_command("rotate_field_keys")
    assert "2 nilai" in capsys.readouterr().out  # the address and the key of the links
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    row.refresh_from_db()
    assert (row.address.reveal(), row.key.reveal()) == (ADDRESS, before)
    call_command("rotate_field_keys")
    assert "0 nilai" in capsys.readouterr().out


def test_a_lost_key_is_said_and_nothing_is_destroyed(row, settings):
    before = stored()
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    row.refresh_from_db()
    with pytest.raises(Unreadable) as caught:
        row.address.reveal()
    assert before not in str(caught.value)
    with pytest.raises(CommandError, match="2 nilai tidak terbaca"):
        call_command("rotate_field_keys")
    assert stored() == before


def test_the_sites_secret_serves_until_keys_are_given(db, settings):
    settings.FIELD_ENCRYPTION_KEYS = []
    secret = Secret.of(ADDRESS)
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert secret.reveal() == ADDRESS
    assert not secret.is_current
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret of this site"
    assert secret.reveal() == ADDRESS
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        secret.reveal()


def test_hashes_depend_on_the_secret_and_the_purpose(settings):
    first = keyed_hash(ADDRESS, "a")
    assert first == keyed_hash(ADDRESS, "a") != keyed_hash(ADDRESS, "b")
    settings.SECRET_KEY = "another secret of this site"
    assert keyed_hash(ADDRESS, "a") != first


def test_a_fixture_holds_the_encrypted_form(row):
    from django.core import serializers

    text = serializers.serialize("json", SavedSearch.objects.all())
    assert ADDRESS not in text
    SavedSearch.objects.all().delete()
    next(serializers.deserialize("json", text)).save()
    assert SavedSearch.objects.get().address.reveal() == ADDRESS
