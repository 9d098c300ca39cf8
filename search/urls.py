"""Addresses of this room, below /cari/."""

from django.urls import include, path

from search import feeds, views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("saran", views.suggestions, name="suggestions"),
    path("feed/", feeds.feed, name="feed"),
    path("langganan/", include("search.subscriptions.urls")),
]
