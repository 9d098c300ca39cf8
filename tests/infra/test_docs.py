"""The documentation names what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("common", "home", "documents", "catalogue", "search", "analytics", "pojok", "api")
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def sources():
    """Return the text of every module of the rooms."""
    return "\n".join(path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_the_glossary_names_classes_fields_and_files_that_exist():
    code = sources()
    rows = [
        line.split("|")
        for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
        if line[:1] == "|"
    ]
    names = {name for row in rows for name in re.findall(r"`([^`]+)`", row[3])}
    assert len(names) > 30
    missing = {
        name
        for name in names
        if not ((ROOT / name).is_file() if "/" in name else re.search(rf"\b{name.split('.')[-1]}\b", code))
    }
    assert missing == set()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", path.read_text())
    assert {target for target in targets if not (path.parent / target).exists()} == set()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_commands_in_the_documentation_exist(path):
    text = path.read_text()
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"`make ([a-z-]+)", text))
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()
    ours = {path.stem for room in ROOMS for path in (ROOT / room).glob("management/commands/*.py")}
    known = ours | {
        "createsuperuser",
        "migrate",
        "collectstatic",
        "db_worker",
        "check",
        "makemigrations",
        "shell",
    }
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - known == set()
