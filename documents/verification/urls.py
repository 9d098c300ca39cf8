"""Addresses of verification, below /verifikasi/."""

from django.urls import path

from documents.verification import views

app_name = "verification"

urlpatterns = [
    path("", views.form, name="form"),
    path("catatan/", views.log, name="log"),
    path("catatan.jsonl", views.log_lines, name="log-lines"),
    path("<str:fingerprint>", views.answer, name="answer"),
]
