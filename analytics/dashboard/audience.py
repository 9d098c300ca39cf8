"""Which pages and files may be named to whom. What may not be named is counted all the same, without a name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from django.db.models import Q, QuerySet
from wagtail.models import Page

from common.visibility import public
from documents import access
from documents.models import OfficeDocument
from home.enums import Role
from home.models import Office
from home.roles import FILE_RIGHTS, PAGE_RIGHTS
from home.scope import offices_of, roles_of, within


class Audience(Protocol):
    """Somebody who reads figures."""

    is_officer: bool

    def pages(self) -> QuerySet:
        """Pages that may be named."""

    def documents(self) -> QuerySet:
        """Files that may be named."""


class Public:
    """Everybody: what is public at this moment."""

    is_officer = False

    def pages(self) -> QuerySet:
        """What the public may see."""
        return public(Page.objects.all())

    def documents(self) -> QuerySet:
        """What the public may open."""
        return access.public_documents()


class Officer:
    """Somebody signed in: besides, whatever is in work at the own offices, where the role lets it be opened."""

    is_officer = True

    def __init__(self, user):
        self.user = user

    def pages(self) -> QuerySet:
        """All to a superuser."""
        pages = Page.objects.all()
        if self.user.is_superuser:
            return pages
        seen = Q(pk__in=Public().pages().order_by().values("pk"))
        return pages.filter(within(self._offices(PAGE_RIGHTS)) | seen)

    def documents(self) -> QuerySet:
        """Files stand in the collection of their office."""
        documents = OfficeDocument.objects.all()
        if self.user.is_superuser:
            return documents
        own = Q(pk__in=Public().documents().order_by().values("pk"))
        for office in self._offices(FILE_RIGHTS):
            if office.collection:
                own |= Q(collection__path__startswith=office.collection.path)
        return documents.filter(own)

    def _offices(self, rights: Mapping[Role, Collection[str]]) -> list[Office]:
        """The own offices where a role of the user has any of these rights: the desk opens no drafts."""
        return [
            office
            for office in offices_of(self.user)
            if any(rights.get(Role(role)) for role in roles_of(self.user, office))
        ]
