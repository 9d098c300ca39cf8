"""Addresses below /statistik/."""

from django.urls import path

from analytics import views

app_name = "analytics"
urlpatterns = [
    path("kunjungan", views.visit, name="visit"),
    path("kunjungan.gif", views.visit_picture, name="visit-picture"),
]
