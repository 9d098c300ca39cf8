"""Settings of the test suite: fast hashing, tasks run at once unless a test asks for the queue."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-the-test-suite")
if "EPPID_VAR_DIR" not in os.environ:
    os.environ["EPPID_VAR_DIR"] = tempfile.mkdtemp(prefix="eppid-test-")
    atexit.register(shutil.rmtree, os.environ["EPPID_VAR_DIR"], ignore_errors=True)
if given_node := os.environ.pop("ELASTICSEARCH_URL", "").strip():
    # For the tests of the engine (tests/search_node.py); the site under test searches with the embedded one.
    os.environ.setdefault("EPPID_TEST_ELASTICSEARCH_URL", given_node)
if os.environ.get("S3_ENDPOINT_URL", "").strip():
    # As above (tests/s3_store.py); the site under test keeps its files on disk unless a test says otherwise.
    for _name in ("S3_ENDPOINT_URL", "S3_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ.setdefault(f"EPPID_TEST_{_name}", os.environ.pop(_name, ""))

from .base import *  # noqa: F403
from .base import DATABASES, STORAGES, VAR_DIR

ENVIRONMENT = "test"
ALLOWED_HOSTS = ["*"]
STYLEGUIDE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(VAR_DIR) / "media"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' server thread and a worker read the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}
