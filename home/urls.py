"""Addresses of the shell that are no pages of the tree."""


urlpatterns: list = []
