"""The two workflows, and where they hold. Created by code, the same for every office."""

from django.db import transaction
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowTask

from catalogue.models import ExemptedIndexPage
from catalogue.workflow.models import ExemptionApprovalTask, OfficeRoleApprovalTask
from home.enums import Role
from home.models import Office

GENERAL = "Moderasi publikasi"
EXEMPTED = "Moderasi informasi dikecualikan"
LIAISON_STEP = "Pemeriksaan Tim Penghubung"
PPID_STEP = "Persetujuan PPID"
EXEMPTION_STEP = "Persetujuan PPID untuk pengecualian"


@transaction.atomic
def ensure_workflows() -> dict[str, Workflow]:
    """Create what is missing of the two workflows and return them by name; what an administrator changed stays."""
    liaison = _task(OfficeRoleApprovalTask, LIAISON_STEP, role=Role.LIAISON)
    ppid = _task(OfficeRoleApprovalTask, PPID_STEP, role=Role.PPID, four_eyes=True)
    exemption = _task(ExemptionApprovalTask, EXEMPTION_STEP, role=Role.PPID, four_eyes=True)
    return {
        GENERAL: _workflow(GENERAL, [liaison, ppid]),
        EXEMPTED: _workflow(EXEMPTED, [liaison, exemption]),
    }


def assign_workflows(office: Office) -> None:
    """Put the office's tree under moderation, its list of exempted information under the stricter one."""
    workflows = ensure_workflows()
    _assign(office.home_page, workflows[GENERAL])
    exempted = ExemptedIndexPage.objects.child_of(office.home_page).first()
    if exempted is not None:
        _assign(exempted, workflows[EXEMPTED])


def _task(model: type[Task], name: str, **fields) -> Task:
    task = model.objects.filter(name=name).first()
    return task or model.objects.create(name=name, **fields)


def _workflow(name: str, tasks: list[Task]) -> Workflow:
    workflow = Workflow.objects.filter(name=name).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=name)
        for order, task in enumerate(tasks):
            WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
    return workflow


def _assign(page: Page, workflow: Workflow) -> None:
    WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})
