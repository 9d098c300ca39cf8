"""Addresses of the shell that are no pages of the tree."""

from django.urls import path

from home.views_styleguide import styleguide

urlpatterns = [
    path("gaya/", styleguide, name="styleguide"),
]
