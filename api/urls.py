"""Addresses of this room, below /api/v1/: ninja's operations, their description, and an answer for anything else."""

from django.urls import URLPattern, path, re_path

from api import views
from api.http import open_data
from api.main import api

app_name = "api"

_operations = [
    URLPattern(pattern.pattern, open_data(pattern.callback), pattern.default_args, pattern.name)
    for pattern in api.urls[0]
    if pattern.name != "api-root"
]
urlpatterns = [
    path("docs", views.docs, name="docs"),
    path("openapi.json", open_data(views.openapi), name="openapi"),
    *_operations,
    re_path(r"^(?P<rest>.*)$", open_data(views.not_found), name="not-found"),
]
