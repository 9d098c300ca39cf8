"""A person in front of a browser: opens pages, signs in, presses buttons by the words written on them."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000  # milliseconds before a missing element fails a test


class LiveSite:
    """The running site at `url`, and browser windows that forget everything when the test ends."""

    def __init__(self, url: str, browser: "Browser"):
        self.url = url
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def window(self, *, phone: bool = False, javascript: bool = True, agent: str | None = None) -> "Page":
        """Open a private window: nobody is signed in. `agent` is what the browser says it is; else a program's name."""
        context = self._browser.new_context(
            base_url=self.url,
            viewport=PHONE if phone else DESKTOP,
            is_mobile=phone,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=javascript,
            accept_downloads=True,
            user_agent=agent,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        return context.new_page()

    def open(self, path: str, **options) -> "Page":
        """Open a private window on this path."""
        page = self.window(**options)
        page.goto(path)
        return page

    def sign_in(self, username: str, password: str, **options) -> "Page":
        """Open a private window and sign in to the admin as a person does."""
        page = self.open("/admin/login/", **options)
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("form button[type=submit]")
        page.wait_for_url("**/admin/**")
        return page

    def pictures(self, folder: "Path", name: str) -> list[str]:
        """Photograph every open window into `folder`; return address and file of each."""
        found = []
        for number, page in enumerate(page for context in self._contexts for page in context.pages):
            path = folder / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', name)}-{number}.png"
            page.screenshot(path=path)
            found.append(f"{page.url}: {path}")
        return found

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
