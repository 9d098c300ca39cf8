"""WSGI entry point: `gunicorn --chdir site eppid.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eppid.settings.production")
application = get_wsgi_application()
