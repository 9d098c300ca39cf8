"""Two offices with their people, built once a test module: setting up an office is the slow part of many tests."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from home.enums import Role
from home.models import Office
from tests.factories import CITY_CODE, OfficeFactory, UserFactory, WorkUnitFactory, shared_office

OTHER_CODE = "3672"


@pytest.fixture(scope="module")
def _two_offices(django_db_setup, django_db_blocker):
    """KPU Kota Serang and KPU Kota Cilegon with one person a role, undone when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        serang = shared_office()
        cilegon = OfficeFactory(kode_wilayah=OTHER_CODE, name="KPU Kota Cilegon", kota="Kota Cilegon")
        for office, suffix in ((serang, "serang"), (cilegon, "cilegon")):
            WorkUnitFactory(office=office, name=f"Subbagian Hukum {suffix}")
            for role in Role:
                UserFactory(username=f"{role.value}.{suffix}", role=role, office=office)
        UserFactory(username="pusat", is_superuser=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def office(_two_offices, db) -> Office:
    """KPU Kota Serang."""
    return Office.objects.get(kode_wilayah=CITY_CODE)


@pytest.fixture
def other_office(_two_offices, db) -> Office:
    """KPU Kota Cilegon."""
    return Office.objects.get(kode_wilayah=OTHER_CODE)


@pytest.fixture
def people(_two_offices, db) -> SimpleNamespace:
    """The people of KPU Kota Serang by role, and `superuser`; freshly read for each test."""
    return _people("serang")


@pytest.fixture
def other_people(_two_offices, db) -> SimpleNamespace:
    """The people of KPU Kota Cilegon by role."""
    return _people("cilegon")


def _people(suffix: str) -> SimpleNamespace:
    users = {user.username: user for user in get_user_model().objects.all()}
    return SimpleNamespace(
        editor=users[f"{Role.EDITOR}.{suffix}"],
        liaison=users[f"{Role.LIAISON}.{suffix}"],
        ppid=users[f"{Role.PPID}.{suffix}"],
        superior=users[f"{Role.SUPERIOR}.{suffix}"],
        desk=users[f"{Role.DESK}.{suffix}"],
        admin=users[f"{Role.ADMIN}.{suffix}"],
        superuser=users["pusat"],
    )
