"""Addresses below /statistik/."""

from django.urls import path

from analytics import views
from analytics.dashboard import views as dashboard

app_name = "analytics"
urlpatterns = [
    path("", dashboard.public, name="public"),
    path("kunjungan", views.visit, name="visit"),
    path("kunjungan.gif", views.visit_picture, name="visit-picture"),
    path("grafik/<slug:name>.svg", dashboard.picture, {"extension": "svg"}, name="picture"),
    path("grafik/<slug:name>.png", dashboard.picture, {"extension": "png"}, name="picture-png"),
    path("unduhan/<int:document_id>/", dashboard.document, name="document"),
    path("halaman/<int:page_id>/", dashboard.page, name="page"),
    path("<slug:name>/", dashboard.table, name="table"),
]
