"""Mail of the moderation, in Indonesian: something waits for you, something came back to you.

Reviewers hear when a step begins, authors when a version is returned or approved with a remark. Each person gets a
letter of their own, with links to the host of their own office; who switched a kind off in the account gets none.
"""

from collections.abc import Iterable

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_approved,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.users.models import UserProfile

from catalogue.workflow.models import OfficeRoleApprovalTask
from home.enums import Role
from home.models import Office
from home.scope import users_with_role

TEMPLATES = "catalogue/email"


@task()
def send_letter(subject: str, body: str, address: str) -> None:
    """Send one letter; runs in the worker, so that a slow mail server holds no officer up."""
    send_mail(subject, body, None, [address])


def connect() -> None:
    """Listen to the moderation, in the place of Wagtail's own letters.

    Wagtail connects its receivers under these names later; a name that is taken is left alone, so its English-minded
    letters to superusers and about each plain approval are not sent.
    """
    task_submitted.connect(notify_reviewers, dispatch_uid="eppid_review_waits")
    task_approved.connect(notify_of_remark, dispatch_uid="eppid_approved_with_remark")
    for signal, receiver, name in (
        (workflow_rejected, notify_of_rejection, "rejected"),
        (workflow_submitted, _nothing, "submitted"),
        (workflow_approved, _nothing, "approved"),
    ):
        signal.connect(
            receiver, sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification"
        )


def _nothing(**kwargs) -> None:
    """Take the place of a letter that is not wanted."""


def notify_reviewers(sender, instance: TaskState, user=None, **kwargs) -> None:
    """Tell those who decide at a step that something waits; where nobody holds the role, tell the administrators."""
    step = instance.task.specific
    if not isinstance(step, OfficeRoleApprovalTask):
        return
    page = instance.workflow_state.content_object.specific
    reviewers = _who_want(step.reviewers(page), "submitted", but=user)
    context = {"step": step.name, "submitted_by": instance.workflow_state.requested_by}
    if step.reviewers(page).exists():
        _send("review_waits", reviewers, page, **context)
    elif office := Office.objects.for_page(page):
        role = Role(step.role).label
        _send(
            "nobody_reviews",
            _who_want(users_with_role(office, Role.ADMIN), "submitted"),
            page,
            role=role,
            **context,
        )


def notify_of_rejection(sender, instance: WorkflowState, user=None, **kwargs) -> None:
    """Tell the author why a version came back."""
    state = instance.current_task_state
    _send(
        "returned",
        _authors(state, "rejected", but=user),
        instance.content_object.specific,
        state=state,
        by=user,
    )


def notify_of_remark(sender, instance: TaskState, user=None, **kwargs) -> None:
    """Tell the author of a remark that came with an approval; a plain approval is no letter."""
    if instance.comment.strip():
        page = instance.workflow_state.content_object.specific
        _send("remark", _authors(instance, "approved", but=user), page, state=instance, by=user)


def notify_of_hold(revision, reasons: list[str]) -> None:
    """Tell PPID that a scheduled version did not go live, and why."""
    page = revision.content_object.specific
    office = Office.objects.for_page(page)
    if office:
        _send("held_back", _who_want(users_with_role(office, Role.PPID), "submitted"), page, reasons=reasons)


def _authors(state: TaskState, kind: str, but=None) -> list:
    """The person who submitted, and who wrote the version, when that is another."""
    people = {state.workflow_state.requested_by, state.revision.user} - {None}
    return _who_want((person for person in people if person.is_active), kind, but=but)


def _who_want(people: Iterable, kind: str, but=None) -> list:
    """People with an address who did not switch off this kind of letter, without the one who caused it."""
    return [
        person
        for person in people
        if person.email
        and person != but
        and getattr(UserProfile.get_for_user(person), f"{kind}_notifications")
    ]


def _send(name: str, people: list, page, **context) -> None:
    office = Office.objects.for_page(page)
    host = office.site.root_url if office else ""
    context |= {
        "page": page,
        "title": page.draft_title or page.title,
        "kind": page.get_verbose_name(),
        "office": office,
        "edit_url": host + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    for person in people:
        context["person"] = person
        subject = " ".join(render_to_string(f"{TEMPLATES}/{name}_subject.txt", context).split())
        body = render_to_string(f"{TEMPLATES}/{name}.txt", context).strip() + "\n"
        send_letter.enqueue(subject, body, person.email)
