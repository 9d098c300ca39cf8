"""Addresses of this room, below /dokumen/."""

from django.urls import path

from documents import views
from documents.reading import views as reading
from documents.scanning import views as scanning
from documents.verification import label_views as labels
from documents.verification import views as verification
from documents.verification.views import says_if_withdrawn

app_name = "documents"

urlpatterns = [
    path("<int:document_id>/", verification.about, name="about"),
    path("<int:document_id>/label/", labels.label, name="label"),
    path("<int:document_id>/teks/", says_if_withdrawn(reading.text), name="text"),
    path("<int:document_id>/gambar", reading.thumbnail, name="thumbnail"),
    path("<int:document_id>/asli/<str:name>", scanning.original, name="original"),
    path("<int:document_id>/salinan/<str:name>", says_if_withdrawn(views.searchable), name="searchable"),
    path("<int:document_id>/versi/<int:number>/<str:name>", views.version, name="version"),
    path("<int:document_id>/<str:name>", says_if_withdrawn(views.serve), name="serve"),
]
