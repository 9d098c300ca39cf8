"""Withdrawing a publication: the page goes, its address keeps the reason."""

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import Withdrawal

LOG_ACTION = "home.withdraw"


@transaction.atomic
def withdraw(page: Page, reason: str, user=None, show_title: bool = True) -> list[Withdrawal]:
    """Take a live page and every live page below it off the site, each with the reason that its address then shows.

    Page, files (whose privacy follows the page) and reason change in one transaction. Returns the withdrawals, the
    page's own first; nothing is done for a page that is not live. Rights are checked by the caller.
    """
    withdrawals = []
    for live in [page.specific, *page.get_descendants().live().specific()]:
        if not live.live:
            continue
        withdrawals.append(
            Withdrawal.objects.create(
                page_id=live.pk,
                url_path=live.url_path,
                title=live.title,
                reason=reason.strip(),
                show_title=show_title,
                withdrawn_by=user,
            )
        )
        _unpublish(live)
        log(instance=live, action=LOG_ACTION, user=user, data={"reason": reason.strip()})
    return withdrawals


def _unpublish(page: Page) -> None:
    from wagtail.actions.unpublish_page import UnpublishPageAction

    # The right to withdraw is the caller's question; the log entry is written with the reason instead.
    UnpublishPageAction(page, log_action=False).execute(skip_permission_checks=True)
