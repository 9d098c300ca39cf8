"""Public addresses. Wagtail's page tree comes last: it answers whatever no room claims."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pojok.embeds.oembed import oembed
from search.feeds import feed

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("dokumen/", include("documents.urls")),
    path("verifikasi/", include("documents.verification.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("cari/", include("search.urls")),
    path("statistik/", include("analytics.urls")),
    path("pojok/", include("pojok.urls")),
    path("feed/", feed, name="feed"),  # what the office made public last
    path("oembed", oembed, name="oembed"),  # how another site shows one of our pages (docs/embedding.md)
    path("api/v1/", include("api.urls")),
    path("", include("common.urls")),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
