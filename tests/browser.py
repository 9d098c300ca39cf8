"""Chromium and axe for the browser tests."""

import json
import os
import shutil
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec

# A browser of one's own machine under test: no sandbox (tests run as root in CI), no talk with the outside.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Nobody sees what is folded away; axe takes it for drawn over what follows (open, it is checked by its own tests).
CLOSED = "details:not([open]) > :not(summary)"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@cache
def chromium_path() -> str | None:
    """Return where Chromium is ($CHROMIUM, or Debian's name, or common others), or None."""
    names = (os.environ.get("CHROMIUM") or "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def why_no_chromium() -> str | None:
    """Return why browser tests cannot run here, or None when they can."""
    if chromium_path() is None:
        return "Chromium cannot be had here: install it (Debian: apt-get install chromium) or set CHROMIUM"
    if find_spec("playwright") is None:
        return "playwright is not installed: make test installs it"
    return None


@contextmanager
def launch_chromium():
    """Yield a headless browser. Playwright keeps an event loop in this thread, which Django would take for async."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def axe_violations(page, context: str | None = None) -> list[str]:
    """Run axe-core on the page (or the part that the CSS selector `context` names); return one line a violation."""
    from axe_core_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    what = json.dumps(context or {"exclude": [[CLOSED]]})
    options = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({what}, {options})")["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} <- {' '.join(map(str, node['target']))}: "
        f"{' '.join((node.get('failureSummary') or '').split())[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
