"""Settings of a real installation. Refuses to start on defaults that are only safe on one's own machine."""

import os

from common.env_checks import check_production

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, env

ENVIRONMENT = "production"
STYLEGUIDE = False
check_production(os.environ)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = False
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("SECURE_COOKIES", True)
CSRF_TRUSTED_ORIGINS = env.list(
    "CSRF_TRUSTED_ORIGINS",
    default=[f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS],
)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
