"""Fixtures for tests of files: both stores. Used by all tests through tests/conftest.py."""

import pytest
from django.core.files.storage import storages
from django.http import HttpResponse

from tests import s3_store

BUCKET = "documents.storage.BucketStorage"


@pytest.fixture
def use_bucket(settings):
    """`use_bucket(**options)`: keep files in a place of their own in the bucket from now on; gives the storage."""
    used = []

    def use(variables=None, **more):
        options = s3_store.options(variables, **more)
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": BUCKET, "OPTIONS": options}}
        used.append(storages["default"])
        return used[-1]

    return use


@pytest.fixture
def bucket(use_bucket):
    """Files are kept in the bucket, which is there even if nothing was ever written to it; gives the storage."""
    storage = use_bucket()
    storage.prepare()
    return storage


@pytest.fixture(params=["disk", pytest.param("s3", marks=pytest.mark.s3)])
def each_store(request):
    """Run a test once on each store; gives the store's name. Both behave the same, or the test says where not."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    return request.param


@pytest.fixture
def fetch(client):
    """`fetch(address, **headers)`: get a file as a browser does, through the redirect to the bucket where there is one.

    Gives the last answer, with `status_code`, `headers` and `content` on both stores.
    """
    return lambda address, **options: follow(client, address, **options)


def follow(client, address, **options):
    """Get an address and follow where it leads: within the site, and out of it to the bucket with the same Range.

    A way that ends at a sign-in form is not gone.
    """
    import requests

    response = client.get(address, **options)
    while response.status_code in (301, 302) and response["Location"].startswith("/dokumen/"):
        response = client.get(response["Location"], **options)
    if response.status_code == 302 and "X-Amz-Signature=" in response["Location"]:
        headers = {name: value for name, value in options.get("headers", {}).items() if name == "Range"}
        headers["Accept-Encoding"] = "identity"
        return requests.get(response["Location"], headers=headers, timeout=20)
    if getattr(response, "streaming", False):
        whole = HttpResponse(b"".join(response.streaming_content), status=response.status_code)
        for name, value in response.headers.items():
            whole[name] = value
        return whole
    return response
