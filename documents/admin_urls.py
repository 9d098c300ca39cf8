"""Addresses of this room in the admin, below /admin/dokumen/."""

from django.urls import path

from documents.reading import admin_views as reading
from documents.uploads import views as uploads
from documents.verification import admin_views as verification

urlpatterns = [
    path("unggah/", uploads.begin, name="eppid_upload_begin"),
    path("unggah/<uuid:token>/", uploads.upload, name="eppid_upload"),
    path("unggah/<uuid:token>/<int:number>/", uploads.part, name="eppid_upload_part"),
    path("<int:document_id>/versi/", verification.versions, name="eppid_document_versions"),
    path("<int:document_id>/teks/", reading.pages, name="eppid_document_pages"),
    path("<int:document_id>/teks/<int:number>/", reading.page, name="eppid_document_page"),
    path("<int:document_id>/teks/<int:number>/gambar", reading.picture, name="eppid_document_picture"),
]
