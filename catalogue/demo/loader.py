"""Loads the demo office part by part, each in its own transaction."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from catalogue.demo import regulations
from catalogue.demo.dip import load_dip
from catalogue.demo.exempted import load_exempted
from catalogue.demo.offices import BANTEN, LAW, NATIONAL, SERANG, load_offices
from catalogue.demo.reports import load_datasets, load_reports
from catalogue.demo.shell import load_shell, load_upper_office
from catalogue.demo.steps import registered_steps
from catalogue.importing.history import DEMO_ACTION
from home.models import Office


def may_load_into_this_database() -> bool:
    """Tell whether the database has no office yet, or the demo office whose loading was broken off."""
    if not Office.objects.exists():
        return True
    demo = Office.objects.filter(kode_wilayah=SERANG).first()
    return demo is not None and has_begun(demo) and not is_complete(demo)


def has_begun(office: Office) -> bool:
    """Tell whether loading the demo was begun in this office."""
    return PageLogEntry.objects.filter(page=office.home_page.pk, action=DEMO_ACTION).exists()


def is_complete(office: Office) -> bool:
    """Tell whether the demo was loaded to its end once."""
    entries = PageLogEntry.objects.filter(page=office.home_page.pk, action=DEMO_ACTION)
    return entries.filter(data__complete=True).exists()


def load(say: Callable[[str], None] = lambda words: None) -> Office:
    """Load what is missing and return the demo office. `say` is told what comes next."""
    say("kantor")
    with transaction.atomic():
        offices = load_offices()
        city, province, national = offices[SERANG], offices[BANTEN], offices[NATIONAL]
        if not has_begun(city):
            log(instance=city.home_page, action=DEMO_ACTION, data={"complete": False})
    for name, step in (
        ("halaman kantor", lambda: load_shell(city)),
        ("kantor atasan", lambda: [load_upper_office(office) for office in (national, province)]),
        ("peraturan nasional", lambda: regulations.load_regulations(city, regulations.NATIONAL)),
        ("keputusan pengecualian", lambda: regulations.load_regulations(national, regulations.EXEMPTING)),
        ("daftar informasi publik", lambda: load_dip(city)),
        ("informasi dikecualikan", lambda: load_exempted(city, national, province)),
        ("laporan", lambda: load_reports(city)),
        ("data terbuka", lambda: load_datasets(city)),
        ("keputusan kantor", lambda: regulations.load_regulations(city, regulations.DECREES, LAW)),
        *((name, partial(step, city)) for name, step in registered_steps()),
    ):
        say(name)
        with transaction.atomic():
            step()
    if not is_complete(city):
        log(instance=city.home_page, action=DEMO_ACTION, data={"complete": True})
    return city
