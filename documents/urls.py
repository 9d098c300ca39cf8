"""Addresses of this room, below /dokumen/."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("<int:document_id>/teks/", views.text, name="text"),
    path("<int:document_id>/gambar", views.thumbnail, name="thumbnail"),
    path("<int:document_id>/salinan/<str:name>", views.searchable, name="searchable"),
    path("<int:document_id>/versi/<int:number>/<str:name>", views.version, name="version"),
    path("<int:document_id>/<str:name>", views.serve, name="serve"),
]
