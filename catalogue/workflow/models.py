"""The steps of moderation. One definition serves every office: a step finds its people from the page."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.models import Page, Task, TaskState

from catalogue.workflow.checks import publication_obstacles, submission_obstacles
from home.enums import Role
from home.models import Office
from home.scope import offices_of, roles_of, users_with_role, within


class ApprovalForm(forms.Form):
    """A remark with an approval."""

    comment = forms.CharField(
        label="Catatan untuk penulis", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RejectionForm(forms.Form):
    """What must be mended; the author gets it by e-mail."""

    comment = forms.CharField(
        label="Apa yang perlu diperbaiki",
        help_text="Dikirim ke penulis lewat surel. Contoh: tanggal penetapan tidak sama dengan naskah.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Tuliskan apa yang perlu diperbaiki, agar penulis tahu langkah berikutnya."
        },
    )


class OfficeRoleApprovalTask(Task):
    """Approval by the people who hold a role in the page's own office."""

    role = models.CharField("peran pemeriksa", max_length=20, choices=Role.choices)
    four_eyes = models.BooleanField(
        "butuh orang kedua",
        default=False,
        help_text="Versi yang ditulis sendiri baru dapat disetujui bila orang lain sudah menyetujui versi itu juga.",
    )

    admin_form_fields = [*Task.admin_form_fields, "role", "four_eyes"]

    class Meta:
        verbose_name = "persetujuan peran kantor"
        verbose_name_plural = "persetujuan peran kantor"

    @classmethod
    def get_description(cls):
        """What the step does, as the administrator of workflows reads it."""
        return "Disetujui petugas dengan peran tertentu di kantor pemilik halaman"

    # --- people ---

    def reviewers(self, page: Page):
        """Return the active people who may decide at this step on this page."""
        office = Office.objects.for_page(page)
        return users_with_role(office, self.role) if office else users_with_role(Office(), self.role).none()

    def is_reviewer(self, page: Page, user) -> bool:
        """Tell whether the user decides at this step on this page; a superuser may."""
        if not user.is_active:
            return False
        if user.is_superuser:
            return True
        office = Office.objects.for_page(page)
        return office is not None and self.role in roles_of(user, office)

    def user_can_access_editor(self, obj, user):
        """Reviewers open the editor."""
        return self.is_reviewer(obj, user)

    def locked_for_user(self, obj, user):
        """Nobody but the reviewers edits while the step runs."""
        return not self.is_reviewer(obj, user)

    def user_can_lock(self, obj, user):
        """Reviewers may keep other reviewers from editing."""
        return self.is_reviewer(obj, user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Return the running states of this step in the user's own offices."""
        running = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return running
        offices = [office for office in offices_of(user) if self.role in roles_of(user, office)]
        if not offices:
            return running.none()
        pages = Page.objects.filter(within(offices)).annotate(key=Cast("pk", CharField()))
        return running.filter(workflow_state__object_id__in=pages.values("key"))

    # --- decisions ---

    def obstacles(self, page: Page) -> list[str]:
        """Return sentences that say why nobody may approve this version yet (empty when somebody may)."""
        return [item.message for item in submission_obstacles(page)]

    def second_person_is_missing(self, task_state: TaskState, revision, user) -> bool:
        """Tell whether nobody but `user` stands behind a version: neither as its author nor by an approval."""
        if not self.four_eyes or user.is_superuser:
            return False
        if revision.user_id is not None and revision.user_id != user.pk:
            return False
        approvals = TaskState.objects.filter(
            workflow_state=task_state.workflow_state, revision=revision, status=TaskState.STATUS_APPROVED
        )
        return not approvals.exclude(finished_by=user).exclude(finished_by=None).exists()

    def why_not_approve(self, page: Page, user) -> list[str]:
        """Return sentences that say why this person may not approve now (empty when they may)."""
        task_state = page.current_workflow_task_state
        if task_state is None:
            return []
        reasons = self.obstacles(task_state.revision.as_object())
        if self.second_person_is_missing(task_state, task_state.revision, user):
            reasons.append("Anda menulis versi ini. Mintalah orang lain menyetujuinya dahulu.")
        return reasons

    def get_actions(self, obj, user):
        """Offer rejection to every reviewer, approval only to those who may give it."""
        if not self.is_reviewer(obj, user):
            return []
        actions = [("reject", "Minta perbaikan", True)]
        if not self.why_not_approve(obj, user):
            label = self.approve_label(obj)
            actions += [("approve", label, False), ("approve", f"{label} dengan catatan", True)]
        return actions

    def approve_label(self, page: Page) -> str:
        """Return the words on the approve button: the last step says that it publishes."""
        state = page.current_workflow_state
        return "Setujui dan terbitkan" if state and state.is_at_final_task else "Setujui"

    def get_form_for_action(self, action):
        """A rejection needs words; an approval may carry some."""
        return RejectionForm if action == "reject" else ApprovalForm

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Carry out a decision.

        An approval is given to a version. A reviewer who mended the text and approves in one go approves what they
        see, their own version, as far as they may; earlier steps then see that version again.
        """
        page = task_state.workflow_state.content_object
        if not self.is_reviewer(page, user):
            raise PermissionDenied
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise PermissionDenied("Penolakan perlu alasan.")
        if action_name == "approve":
            latest = page.get_latest_revision()
            mended = latest.pk != task_state.revision_id and latest.user_id == user.pk
            if mended and not self.second_person_is_missing(task_state, latest, user):
                task_state.revision = latest
                task_state.save(update_fields=["revision"])
            reasons = self.obstacles(task_state.revision.as_object())
            if reasons or self.second_person_is_missing(task_state, task_state.revision, user):
                raise PermissionDenied(" ".join(reasons))
        super().on_action(task_state, user, action_name, **kwargs)


class ExemptionApprovalTask(OfficeRoleApprovalTask):
    """Approval of an exemption: refused without a concluded test and the decision of an office that may exempt.

    PKPU 22/2023 Pasal 24 to 26 and PKPU 4/2025: the consequence test and the decision come from above.
    """

    class Meta:
        verbose_name = "persetujuan pengecualian"
        verbose_name_plural = "persetujuan pengecualian"

    @classmethod
    def get_description(cls):
        """What the step does, as the administrator of workflows reads it."""
        return "Seperti persetujuan peran kantor, dan hanya bila uji konsekuensi serta keputusannya lengkap"

    def obstacles(self, page):
        """The checklist, and what the exemption itself still lacks."""
        return [item.message for item in publication_obstacles(page)]
