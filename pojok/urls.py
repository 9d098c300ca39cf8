"""Addresses below /pojok/ that are no pages of the tree."""

app_name = "pojok"
urlpatterns: list = []
