# syntax=docker/dockerfile:1
# One image for every part of the site, by command: `prepare`, `web`, `worker`, `reader` or `scheduler`.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
WORKDIR /app
COPY requirements.txt .
RUN /opt/venv/bin/pip install -r requirements.txt
COPY . .
# Static files are named by their content once, here; the values only let the settings load and are not kept.
RUN SECRET_KEY=only-while-building-the-image-0123456789abcdef ALLOWED_HOSTS=localhost \
    DJANGO_SETTINGS_MODULE=eppid.settings.production EPPID_VAR_DIR=/tmp/var \
    /opt/venv/bin/python manage.py collectstatic --noinput \
    && /opt/venv/bin/python -m compileall -q . /opt/venv/lib

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-ind fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/eppid --create-home --shell /usr/sbin/nologin eppid
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=eppid.settings.production \
    EPPID_VAR_DIR=/var/lib/eppid \
    PORT=8000
USER eppid
VOLUME /var/lib/eppid
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/healthz' % os.environ['PORT'], timeout=4)"]
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["web"]
