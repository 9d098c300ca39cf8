"""Settings shared by every environment.

Everything an operator may set comes from the environment (see `docs/operations.md`); what is unset has an embedded
default that needs no other server: SQLite, files on disk, tasks in the database, a cache in the process.
"""

import os
import sys
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
if str(BASE_DIR) not in sys.path:
    sys.path.insert(0, str(BASE_DIR))
VAR_DIR = Path(os.environ.get("EPPID_VAR_DIR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)

from common.env_checks import check_environment  # noqa: E402  (needs BASE_DIR on the path)
from common.object_storage import s3_options  # noqa: E402

check_environment(os.environ)
env = environ.Env()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_PORT = env.int("PORT", 8000)

INSTALLED_APPS = [
    "api",
    "pojok",
    "analytics",
    "search",
    "catalogue",
    "documents",
    "home",
    "common",
    "wagtail_modeladmin",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "common.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "documents.middleware.StoreAwayMiddleware",
    "home.middleware.WithdrawnPageMiddleware",
    "home.office_time.OfficeTimeMiddleware",
    "home.scope_middleware.OfficeScopeMiddleware",
    "home.admin_locale.AdminLocaleMiddleware",
    "analytics.middleware.BotMiddleware",
]

ROOT_URLCONF = "eppid.urls"
WSGI_APPLICATION = "eppid.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.shell",
            ],
        },
    }
]

# --- data -----------------------------------------------------------------------------------------------------------
EMBEDDED_DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "eppid.sqlite3")}
DATABASES = {"default": env.db("DATABASE_URL") if "DATABASE_URL" in os.environ else EMBEDDED_DATABASE}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # The web process, the worker and the scheduler write to one file: readers must not block (WAL) and a writer
    # must queue for the lock at the start of its transaction, not fail in the middle of it.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)  # seconds
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "documents", "search"],
        "OPTIONS": {"id_function": "uuid.uuid4"},
    }
}

# --- search -----------------------------------------------------------------------------------------------------------
# Without hosts the embedded engine answers alone; with them it stands by (docs/search.md).
ELASTICSEARCH_HOSTS = [host.strip() for host in env.str("ELASTICSEARCH_URL", "").split(",") if host.strip()]
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA_CERTS = env.str("ELASTICSEARCH_CA_CERTS", "")
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", "eppid")

# --- statistics -------------------------------------------------------------------------------------------------------
# Events wait here for the database (docs/statistics.md); web, worker and scheduler share the folder.
ANALYTICS_SPOOL = VAR_DIR / "kunjungan"
# Single events are deleted after so many days; the figures by day stay.
ANALYTICS_KEEP_DAYS = env.int("ANALYTICS_KEEP_DAYS", 92)
# How many proxies of our own stand in front (production: 1); each adds one address to X-Forwarded-For.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# --- files ----------------------------------------------------------------------------------------------------------
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/berkas-internal/"  # never routed: files leave only through /dokumen/ (documents/views.py)
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "documents.storage.DiskStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket_options := s3_options(os.environ):
    STORAGES["default"] = {"BACKEND": "documents.storage.BucketStorage", "OPTIONS": bucket_options}

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 30  # seconds; a mail server that does not answer must not hold the worker for ever
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "PPID <ppid@localhost>")
#: Newest first; see common/encryption.py.
FIELD_ENCRYPTION_KEYS = [key.strip() for key in env.list("FIELD_ENCRYPTION_KEYS", default=[]) if key.strip()]
#: Letters that answer somebody who typed an address (search/subscriptions): anybody may type anybody's.
SAVED_SEARCH_LIMITS = {
    "letters_per_address_and_day": 5,
    "letters_per_office_and_hour": 60,
    "minutes_between_letters": 15,  # a second click in between asks for no second letter
    "days_to_confirm": 7,  # then an unconfirmed address is deleted
}

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id-id"
LANGUAGES = [("id-id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
FORMAT_MODULE_PATH = ["eppid.formats"]
USE_TZ = True

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "e-PPID"
# As dates are written in an office. The admin's calendar replaces what it cannot read by today, so these must be what
# people type; the formats that the server accepts are in eppid/formats.
WAGTAIL_DATE_FORMAT = "%d-%m-%Y"
WAGTAIL_TIME_FORMAT = "%H.%M"
WAGTAIL_DATETIME_FORMAT = f"{WAGTAIL_DATE_FORMAT} {WAGTAIL_TIME_FORMAT}"
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", f"http://localhost:{SITE_PORT}")
WAGTAIL_CONTENT_LANGUAGES = [("id-id", "Bahasa Indonesia")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id-id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no visit to a third party
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True  # an approval belongs to a version
WAGTAIL_FINISH_WORKFLOW_ACTION = "catalogue.workflow.publication.publish_approved_revision"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # mail goes to the office's own people
WAGTAILDOCS_DOCUMENT_MODEL = "documents.OfficeDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = (
    "documents.forms.DocumentForm"  # what may be uploaded: documents/extraction/kinds.py
)
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILEMBEDS_FINDERS: list = []
#: An antivirus server; with one, a file is public only once it was found clean (documents/scanning).
CLAMD_URL = env.str("CLAMD_URL", "")
#: Root certificates (PEM or DER) whose signatures the site says to know.
SIGNATURE_ROOTS_DIR = env.str("SIGNATURE_ROOTS_DIR", str(VAR_DIR / "sertifikat-induk"))
DOCUMENT_MAX_UPLOAD_BYTES = env.int("DOCUMENT_MAX_UPLOAD_BYTES", 500 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- headers --------------------------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview frames the site
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin carries inline styles and scripts of its own; the strict policy is for what the public sees.
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "font-src": [_SELF],
        "media-src": [_SELF],
        "frame-src": [_SELF],
        "frame-ancestors": [_SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [_SELF],
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # It writes a whole traceback for every request to a node that is away; search says so itself in one line.
    "loggers": {"elastic_transport": {"level": "ERROR"}},
}
