"""The image, the compose file and the proxy match the code: names, folders, ports."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from eppid_local import elasticsearch_files

from common import env_checks

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = {  # the environment of the design; every other name is an extra
    *("DATABASE_URL", "ELASTICSEARCH_URL", "S3_ENDPOINT_URL", "S3_BUCKET", "AWS_ACCESS_KEY_ID"),
    *("AWS_SECRET_ACCESS_KEY", "CACHE_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS"),
    *("FIELD_ENCRYPTION_KEYS", "CLAMD_URL"),
    *("ELASTICSEARCH_API_KEY", "ELASTICSEARCH_CA_CERTS", "ELASTICSEARCH_INDEX"),
}
KNOWN = {*env_checks.CHECKS, *env_checks.SECRETS}
SITE_PARTS = ("prepare", "web", "worker", "reader", "scheduler")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def names_read_by_settings():
    """Return every variable that the settings ask the environment for."""
    found = set()
    for path in (ROOT / "site" / "eppid" / "settings").glob("*.py"):
        found |= set(
            re.findall(r"""(?:env\.\w+|environ\.get|getenv)\(\s*["']([A-Z0-9_]+)["']""", path.read_text())
        )
    return found


def test_compose_sets_exactly_what_the_site_knows(compose):
    for part in SITE_PARTS:
        names = set(compose["services"][part]["environment"])
        assert names >= CONTRACT
        assert names <= KNOWN


def test_every_variable_of_the_settings_is_checked_before_the_start():
    assert names_read_by_settings() - KNOWN == set()


def test_every_variable_is_explained_to_the_operator():
    text = (ROOT / "docs" / "operations.md").read_text()
    assert {name for name in KNOWN if f"`{name}`" not in text} == set()


def test_values_of_the_compose_file_are_usable(compose):
    """Filled in as the example file says, the environment of the web part passes the site's own checks."""
    values = {
        "SECRET_KEY": "k" * 30 + "abcdefghijklmnop",
        "POSTGRES_PASSWORD": "p4ss",
        "AWS_SECRET_ACCESS_KEY": "s",
    }
    for line in (ROOT / "deploy" / "eppid.env.example").read_text().splitlines():
        if match := re.fullmatch(r"([A-Z0-9_]+)=(.*)", line):
            values.setdefault(*match.groups())
    environment = {
        name: re.sub(
            r"\$\{([A-Z0-9_]+)(?::[-?]([^}]*))?\}", lambda m: values.get(m[1]) or m[2] or "", str(text)
        )
        for name, text in compose["services"]["web"]["environment"].items()
    }
    env_checks.check_environment(environment)
    env_checks.check_production(environment)


def test_what_must_be_filled_in_is_asked_for_and_shown_in_the_example(compose):
    example = (ROOT / "deploy" / "eppid.env.example").read_text()
    required = set(re.findall(r"\$\{([A-Z0-9_]+):\?", (ROOT / "compose.yaml").read_text()))
    assert required >= {"SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "AWS_SECRET_ACCESS_KEY"}
    assert {name for name in required if not re.search(rf"^{name}=", example, re.MULTILINE)} == set()
    assert (
        re.search(r"^(SECRET_KEY|POSTGRES_PASSWORD|AWS_SECRET_ACCESS_KEY)=.+", example, re.MULTILINE) is None
    )


def test_the_entry_point_knows_every_part(compose):
    script = (ROOT / "deploy" / "entrypoint.sh").read_text()
    assert subprocess.run(["sh", "-n", "deploy/entrypoint.sh"], cwd=ROOT).returncode == 0
    for part in SITE_PARTS:
        assert compose["services"][part]["command"] == part
        assert re.search(rf"^  {part}\) exec ", script, re.MULTILINE)


def test_every_other_server_waits_until_it_answers(compose):
    for name, service in compose["services"].items():
        if name not in {*SITE_PARTS, "nginx"}:
            assert "healthcheck" in service, name
            assert ":" in service["image"], f"{name} has no pinned version"
            assert not service["image"].endswith(":latest")


def test_the_search_server_is_the_tested_version_and_reached_by_the_site_alone(compose):
    server = compose["services"]["elasticsearch"]
    assert server["image"].endswith(f":{elasticsearch_files.VERSION}")
    assert server["environment"]["discovery.type"] == "single-node"
    # Without passwords it may be reached by the other containers only.
    assert server["environment"]["xpack.security.enabled"] == "false"
    assert "ports" not in server
    assert "network_mode" not in server
    assert "elasticsearch:/usr/share/elasticsearch/data" in server["volumes"]
    assert "elasticsearch" in compose["volumes"]
    for part in SITE_PARTS:
        assert "//elasticsearch:9200" in compose["services"][part]["environment"]["ELASTICSEARCH_URL"]


def test_the_site_starts_without_its_search_server(compose):
    for part in SITE_PARTS:
        assert "elasticsearch" not in compose["services"][part]["depends_on"]


def test_the_image_holds_every_room():
    kept = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    ours = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    needed = ours | {"site", "templates", "static", "manage.py", "requirements.txt", "deploy/entrypoint.sh"}
    assert needed - kept == set()
    assert not kept & {"var", ".venv", ".git", "tests"}


def test_the_image_does_not_run_as_root_and_looks_after_itself():
    text = (ROOT / "Dockerfile").read_text()
    last_stage = text[text.rindex("FROM ") :]
    assert re.search(r"^USER eppid$", last_stage, re.MULTILINE)
    assert "HEALTHCHECK" in last_stage
    assert "/healthz" in last_stage
    assert "tesseract-ocr-ind" in last_stage


def test_the_proxy_reaches_the_web_part_and_lets_the_largest_upload_through():
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    assert "server web:8000;" in text
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", text)[1])
    assert megabytes * 1024 * 1024 > settings.DOCUMENT_MAX_UPLOAD_BYTES


def test_static_files_can_be_named_by_their_content(settings, tmp_path):
    """What the image does once: a style sheet that names a missing file would stop it."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    named = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert named["css/tokens.css"] != "css/tokens.css"
    assert len(named) > 100  # Wagtail's admin is among them


def test_production_settings_start(tmp_path):
    code = (
        "import django; django.setup(); from django.conf import settings as s; print(s.ENVIRONMENT, s.DEBUG)"
    )
    environ = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "eppid.settings.production",
        "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-ABCDEFG",
        "ALLOWED_HOSTS": "ppid.contoh.go.id",
        "EPPID_VAR_DIR": str(tmp_path),
    }
    started = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True)
    assert started.stdout.strip() == "production False", started.stderr


def test_make_alone_prints_its_targets():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    documented = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert documented == targets
    assert {"run", "test", "services", "lint"} <= targets
    assert ".DEFAULT_GOAL := help" in makefile
