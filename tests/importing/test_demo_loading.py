"""When the demo is loaded, and when not."""

import pytest
from django.core.management import call_command

from catalogue.demo import accounts, loader
from catalogue.models import DIPEntryPage, OpenDatasetPage
from home.models import Office
from tests.factories import OfficeFactory
from tests.importing.test_demo import QUEUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(db, settings, tmp_path):
    settings.VAR_DIR, settings.TASKS = tmp_path, QUEUE
    return tmp_path


def test_a_run_broken_off_is_gone_on_with(empty, monkeypatch):
    def broken(office):
        raise RuntimeError("listrik padam")

    monkeypatch.setattr(loader, "load_dip", broken)
    with pytest.raises(RuntimeError):
        call_command("load_demo", "--if-empty", verbosity=0)
    assert Office.objects.filter(kode_wilayah="3673").exists()
    assert not accounts.accounts_file().exists()
    monkeypatch.undo()
    call_command("load_demo", "--if-empty", verbosity=0)
    assert (DIPEntryPage.objects.count(), OpenDatasetPage.objects.count()) == (79, 2)
    assert accounts.accounts_file().exists()
    assert not loader.may_load_into_this_database()


def test_nothing_is_loaded_beside_a_real_office(empty):
    office = OfficeFactory(kode_wilayah="3201")
    call_command("load_demo", "--if-empty", verbosity=0)
    assert list(Office.objects.all()) == [office]
    assert not accounts.accounts_file().exists()


def test_the_first_start_says_where_the_passwords_are_and_not_what_they_are(empty, capsys):
    call_command("load_demo", "--if-empty")
    printed = capsys.readouterr().out
    passwords = [
        line.split()[1] for line in accounts.accounts_file().read_text().splitlines() if line[0] != "#"
    ]
    assert len(passwords) == 6
    assert str(accounts.accounts_file()) in printed
    assert not any(password in printed for password in passwords)
    call_command("load_demo", "--if-empty")
    assert capsys.readouterr().out == ""
