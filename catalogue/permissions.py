"""What people may do with catalogue entries: an entry goes live through moderation, not by a button."""

from wagtail.models import PagePermissionTester


class EntryPermissionTester(PagePermissionTester):
    """Rights on an entry of the catalogue.

    The right to publish lets its holder withdraw, schedule off and restrict an entry. Making one live takes the
    approvals of the workflow; only a superuser may publish past them.
    """

    def can_publish(self):
        """Publishing directly is kept to superusers."""
        return self.user.is_superuser and super().can_publish()

    def can_unpublish(self):
        """Withdrawing is possible at any time, also while a new version is under review or scheduled."""
        is_live = self.user.is_active and self.page.live and not self.page_is_root
        return is_live and (self.user.is_superuser or "publish" in self.permissions)

    def can_set_view_restrictions(self):
        """Restricting who sees an entry needs the right to publish."""
        return super().can_publish()

    def can_unschedule(self):
        """Calling off a scheduled publication needs the right to publish."""
        return super().can_publish()


class SectionPermissionTester(PagePermissionTester):
    """Rights on a list of the catalogue: its entries are not published as they are created or copied."""

    def can_publish_subpage(self):
        """Creating, copying or aliasing an entry as a live page is kept to superusers."""
        return self.user.is_superuser and super().can_publish_subpage()
