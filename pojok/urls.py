"""Addresses below /pojok/ that are no pages of the tree."""

from django.urls import path, re_path

from pojok import kiosk
from pojok.embeds import builder, views

app_name = "pojok"
urlpatterns = [
    path("isi", kiosk.content, name="content"),
    path("luring.js", kiosk.offline, name="offline"),
    path("data.json", kiosk.data, name="data"),
    path("embed/", builder.builder, name="embed-builder"),
    re_path(r"^embed/warna/(?P<colour>[0-9a-f]{6})\.css$", views.colour, name="embed-colour"),
    path("embed/dokumen/<str:number>/", views.document, name="embed-document"),
    path("embed/grafik/<str:name>.svg", views.picture, name="embed-picture"),
    path("embed/grafik/<str:name>/", views.chart, name="embed-chart"),
    path("embed/<str:name>/", views.part, name="embed-part"),
    # Deeper there is nothing, and that too is told in a frame.
    re_path(r"^embed/(?:[^/.]+/){2,}$", views.part, {"name": ""}, name="embed-nothing"),
]
