"""Wagtail's internal API for the editor, narrowed: what it names, and what it lets one do."""

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class OfficePages(PagesAdminAPIViewSet):
    """Pages for the explorer menu; actions go through the views, which ask for reasons and approvals."""

    actions: dict = {}


class _OfficeFiles:
    """Files of the collections that the person may choose from."""

    def get_queryset(self):
        """Narrow to the person's own files."""
        policy = policy_registry.get_by_type(self.model)
        allowed = policy.instances_user_has_any_permission_for(self.request.user, ["choose", "change"])
        return super().get_queryset().filter(pk__in=allowed.values("pk"))


class OfficeDocuments(_OfficeFiles, DocumentsAdminAPIViewSet):
    """Documents of the own collections."""


class OfficeImages(_OfficeFiles, ImagesAdminAPIViewSet):
    """Images of the own collections."""


def register(router) -> None:
    """Put these in the place of Wagtail's endpoints."""
    router.register_endpoint("pages", OfficePages)
    router.register_endpoint("documents", OfficeDocuments)
    router.register_endpoint("images", OfficeImages)
