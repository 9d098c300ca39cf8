"""Addresses below /pojok/ that are no pages of the tree."""

from django.urls import path

from pojok import kiosk

app_name = "pojok"
urlpatterns = [
    path("isi", kiosk.content, name="content"),
    path("data.json", kiosk.data, name="data"),
]
