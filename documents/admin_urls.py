"""Addresses of this room in the admin, below /admin/dokumen/."""

from django.urls import path

from documents.reading import admin_views as reading

urlpatterns = [
    path("<int:document_id>/teks/", reading.pages, name="eppid_document_pages"),
    path("<int:document_id>/teks/<int:number>/", reading.page, name="eppid_document_page"),
    path("<int:document_id>/teks/<int:number>/gambar", reading.picture, name="eppid_document_picture"),
]
