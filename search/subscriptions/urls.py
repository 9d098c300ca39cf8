"""Addresses below /cari/langganan/. The key stands behind the question mark, which our log leaves out."""

from django.urls import path

from search.subscriptions import views

urlpatterns = [
    path("", views.follow, name="follow"),
    path("diminta/", views.asked, name="asked"),
    path("kelola/", views.manage, name="manage"),
    path("berhenti/", views.unsubscribe, name="unsubscribe"),
]
