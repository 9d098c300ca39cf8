"""An office in one step: site, tree, groups with their rights, moderation."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Workflow, WorkflowPage

from catalogue.models import ExemptedIndexPage, ExemptionApprovalTask, OfficeRoleApprovalTask
from home.enums import Role
from home.models import Office
from home.roles import create_groups
from home.scope import users_with_role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEW = [
    "3604",
    "--nama",
    "KPU Kabupaten Serang",
    "--kota",
    "Kabupaten Serang",
    "--alamat",
    "Jalan 1",
    "--host",
    "kabserang.localhost",
]


def rights(office, role):
    group = office.group(role)
    pages = GroupPagePermission.objects.filter(group=group).select_related("permission")
    assert {link.page_id for link in pages} <= {office.home_page.pk}
    return {link.permission.codename.removesuffix("_page") for link in pages}


def test_add_office_makes_everything_in_one_step(office, capsys):
    call_command("add_office", *NEW)
    new = Office.objects.get(kode_wilayah="3604")
    assert new.level == "kabkota"
    assert new.nama_lembaga == "Komisi Pemilihan Umum Kabupaten Serang"
    assert new.collection is not None
    assert {link.role for link in new.office_groups.all()} == set(Role)
    assert WorkflowPage.objects.get(page_id=new.home_page.pk).workflow.name == "Moderasi publikasi"
    exempted = ExemptedIndexPage.objects.child_of(new.home_page).get()
    assert exempted.get_workflow().name == "Moderasi informasi dikecualikan"
    assert "ditambahkan: http://kabserang.localhost" in capsys.readouterr().out


def test_add_office_run_again_changes_nothing(office):
    call_command("add_office", *NEW)
    before = (
        Page.objects.count(), Group.objects.count(), GroupPagePermission.objects.count(),
        GroupCollectionPermission.objects.count(), Workflow.objects.count(), OfficeRoleApprovalTask.objects.count(),
    )  # fmt: skip
    call_command("add_office", "3604")
    after = (
        Page.objects.count(), Group.objects.count(), GroupPagePermission.objects.count(),
        GroupCollectionPermission.objects.count(), Workflow.objects.count(), OfficeRoleApprovalTask.objects.count(),
    )  # fmt: skip
    assert after == before


def test_add_office_finds_the_office_above(office):
    call_command(
        "add_office",
        "36",
        "--nama",
        "KPU Provinsi Banten",
        "--kota",
        "Serang",
        "--alamat",
        "Jalan 2",
        "--host",
        "banten.localhost",
    )
    call_command("add_office", *NEW)
    assert Office.objects.get(kode_wilayah="3604").parent.kode_wilayah == "36"


@pytest.mark.parametrize("arguments", [["3605"], ["99999", *NEW[1:]], ["abc", *NEW[1:]]])
def test_add_office_says_what_is_missing_or_wrong(office, arguments):
    with pytest.raises(CommandError):
        call_command("add_office", *arguments)
    assert Office.objects.filter(kode_wilayah=arguments[0]).count() == 0


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.EDITOR, {"add", "change"}),
        (Role.LIAISON, {"add", "change"}),
        (Role.PPID, {"add", "change", "publish", "lock", "unlock"}),
        (Role.ADMIN, {"add", "change", "publish", "lock", "unlock"}),
        (Role.SUPERIOR, set()),
        (Role.DESK, set()),
    ],
)
def test_rights_on_pages_end_at_the_offices_own_tree(office, role, expected):
    assert rights(office, role) == expected


def test_rights_on_files_end_at_the_offices_own_collection(office, other_office):
    links = GroupCollectionPermission.objects.filter(group__office_group__office=office)
    assert {link.collection_id for link in links} == {office.collection_id}
    assert not links.filter(group__office_group__role__in=(Role.DESK, Role.SUPERIOR)).exists()


def test_the_terms_that_all_offices_share_are_changed_at_the_top_only(office):
    call_command(
        "add_office",
        "36",
        "--nama",
        "KPU Provinsi Banten",
        "--kota",
        "Serang",
        "--alamat",
        "Jalan 2",
        "--host",
        "banten.localhost",
    )
    call_command("add_office", *NEW)
    below, above = Office.objects.get(kode_wilayah="3604"), Office.objects.get(kode_wilayah="36")

    def may_change(office):
        return office.group(Role.ADMIN).permissions.filter(codename="change_glossaryterm").exists()

    assert may_change(above)
    assert not may_change(below)


def test_rights_added_by_hand_stay(office):
    extra = Permission.objects.get(codename="delete_consequencetest")
    office.group(Role.PPID).permissions.add(extra)
    create_groups(office)
    assert extra in office.group(Role.PPID).permissions.all()


def test_a_renamed_office_keeps_its_groups(office):
    before = office.group(Role.PPID)
    office.name = "KPU Kota Serang Baru"
    office.save()
    create_groups(office)
    assert office.group(Role.PPID) == before


def test_reviewers_are_the_active_people_of_the_office(office, people):
    UserFactory(role=Role.PPID, office=office, is_active=False)
    assert set(users_with_role(office, Role.PPID)) == {people.ppid}


def test_the_two_workflows_are_one_for_all_offices(office, other_office):
    assert sorted(Workflow.objects.values_list("name", flat=True).filter(name__startswith="Moderasi")) == [
        "Moderasi informasi dikecualikan",
        "Moderasi publikasi",
    ]
    assert ExemptionApprovalTask.objects.get().role == Role.PPID
