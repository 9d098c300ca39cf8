"""Dates are typed day first, whatever the language of the admin."""

import datetime as dt

import pytest
from django import forms
from django.conf import settings
from django.utils import timezone, translation


@pytest.mark.parametrize("language", ["id-id", "en"])
@pytest.mark.parametrize("text", ["03-04-2026", "03/04/2026", "03.04.2026", "3/4/2026", "2026-04-03"])
def test_the_third_of_april_stays_the_third_of_april(language, text):
    with translation.override(language):
        assert forms.DateField(localize=True).clean(text) == dt.date(2026, 4, 3)


@pytest.mark.parametrize("language", ["id-id", "en"])
@pytest.mark.parametrize("text", ["03-04-2026 09.30", "03/04/2026 09:30", "2026-04-03 09:30"])
def test_an_hour_is_written_with_a_dot_or_a_colon(language, text):
    with translation.override(language):
        moment = forms.DateTimeField(localize=True).clean(text)
    assert timezone.localtime(moment).replace(tzinfo=None) == dt.datetime(2026, 4, 3, 9, 30)


def test_a_month_first_date_is_refused_not_turned():
    with translation.override("id-id"), pytest.raises(forms.ValidationError):
        forms.DateField(localize=True).clean("12/31/2026")


@pytest.mark.parametrize("language", ["id-id", "en"])
def test_what_the_admin_shows_it_also_reads(language):
    moment = timezone.make_aware(dt.datetime(2026, 12, 31, 15, 5))
    with translation.override(language):
        date = forms.DateField(localize=True).clean(moment.strftime(settings.WAGTAIL_DATE_FORMAT))
        clock = forms.TimeField(localize=True).clean(moment.strftime(settings.WAGTAIL_TIME_FORMAT))
        both = forms.DateTimeField(localize=True).clean(moment.strftime(settings.WAGTAIL_DATETIME_FORMAT))
    assert (date, clock, both) == (moment.date(), dt.time(15, 5), moment)
