"""What the tests of files share: both stores."""

import pytest
from django.core.files.storage import storages

from tests import s3_store

DISK = {"BACKEND": "documents.storage.DiskStorage"}
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
    """Files are kept in the bucket; gives the storage."""
    return use_bucket()


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
    """Get an address; a redirect out of the site is followed with the same Range."""
    import requests

    response = client.get(address, **options)
    if response.status_code == 302 and response["Location"].startswith("http"):
        passed_on = {name: value for name, value in options.get("headers", {}).items() if name == "Range"}
        return requests.get(
            response["Location"], headers={**passed_on, "Accept-Encoding": "identity"}, timeout=20
        )
    if getattr(response, "streaming", False):
        response.content = b"".join(response.streaming_content)
        response.streaming = False
    return response
