"""Addresses of this room, below /dokumen/."""

from django.urls import path

from documents import views
from documents.reading import views as reading
from documents.scanning import views as scanning

app_name = "documents"

urlpatterns = [
    path("<int:document_id>/teks/", reading.text, name="text"),
    path("<int:document_id>/gambar", reading.thumbnail, name="thumbnail"),
    path("<int:document_id>/asli/<str:name>", scanning.original, name="original"),
    path("<int:document_id>/salinan/<str:name>", views.searchable, name="searchable"),
    path("<int:document_id>/versi/<int:number>/<str:name>", views.version, name="version"),
    path("<int:document_id>/<str:name>", views.serve, name="serve"),
]
