"""What happens when a workflow ends well.

Imported by Wagtail while its models load (`WAGTAIL_FINISH_WORKFLOW_ACTION`), so nothing here may import models at
module level.
"""

from django.core.exceptions import PermissionDenied


def approved_revision(workflow_state):
    """Return the newest revision that every active task of the workflow approved or skipped, or None."""
    from wagtail.models import Task, TaskState

    tasks = set(
        Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow, active=True).values_list(
            "pk", flat=True
        )
    )
    done = workflow_state.task_states.filter(status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED))
    approvals: dict[int, set[int]] = {}
    for revision_id, task_id in done.values_list("revision_id", "task_id"):
        approvals.setdefault(revision_id, set()).add(task_id)
    complete = [revision_id for revision_id, approved in approvals.items() if tasks <= approved]
    return workflow_state.revisions().filter(pk__in=complete).order_by("created_at", "pk").last()


def hold_back(revision, gaps) -> None:
    """Take a scheduled version off the schedule because it may not go live any more, and tell PPID why.

    What was approved may have lost its ground meanwhile: the consequence test was reopened, or concluded the opposite.
    """
    from catalogue.notifications import notify_of_hold

    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])  # Wagtail logs the cancelled schedule
    notify_of_hold(revision, [item.message for item in gaps])


def publish_approved_revision(workflow_state, user=None) -> None:
    """Publish, or schedule, exactly the revision that all steps approved; never merely the newest draft.

    Raises PermissionDenied when no revision has all approvals, or when an exempted entry still lacks its test or its
    decision; the approval that led here is rolled back with it.
    """
    from catalogue.workflow.checks import publication_obstacles

    revision = approved_revision(workflow_state)
    if revision is None:
        raise PermissionDenied("Belum ada versi yang disetujui di semua tahap.")
    if obstacles := publication_obstacles(revision.as_object()):
        raise PermissionDenied(" ".join(item.message for item in obstacles))
    # The right to publish is the approvals, not a permission of whoever gave the last one.
    revision.publish(user=user, skip_permission_checks=True)
