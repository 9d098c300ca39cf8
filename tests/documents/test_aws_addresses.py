"""What AWS itself would be asked for; nothing is sent. The tests of the bucket ask SeaweedFS; AWS cannot be had."""

from urllib.parse import parse_qs, urlsplit

import pytest

from common.object_storage import s3_options
from documents.storage import BucketStorage

KEY = "dokumen/aa/a1b2.pdf"
KEYS = {"AWS_ACCESS_KEY_ID": "kunci", "AWS_SECRET_ACCESS_KEY": "rahasia"}


def link(**variables) -> tuple[str, str, dict[str, str]]:
    """Host, path and parameters of a reader's link."""
    store = BucketStorage(**s3_options({**KEYS, **variables}))
    address = urlsplit(store.link(KEY, "application/pdf", "inline", "no-store"))
    return address.netloc, address.path, {name: value[0] for name, value in parse_qs(address.query).items()}


@pytest.mark.parametrize(
    ("bucket", "region", "host", "path"),
    [
        ("ppid", "ap-southeast-3", "ppid.s3.ap-southeast-3.amazonaws.com", f"/{KEY}"),
        ("ppid", "us-east-1", "ppid.s3.amazonaws.com", f"/{KEY}"),
        # A certificate for *.s3.… does not cover a name with dots.
        ("ppid.kota", "ap-southeast-3", "s3.ap-southeast-3.amazonaws.com", f"/ppid.kota/{KEY}"),
    ],
)
def test_aws_is_asked_in_the_region_of_the_bucket(bucket, region, host, path):
    found_host, found_path, signed = link(S3_BUCKET=bucket, AWS_S3_REGION=region)
    assert (found_host, found_path) == (host, path)
    assert signed["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert signed["X-Amz-Credential"].split("/")[2:] == [region, "s3", "aws4_request"]
    assert int(signed["X-Amz-Expires"]) <= 60
    assert "X-Amz-Security-Token" not in signed


def test_other_services_are_asked_by_path():
    host, path, signed = link(S3_BUCKET="ppid", S3_ENDPOINT_URL="https://s3.example.go.id:8333")
    assert (host, path) == ("s3.example.go.id:8333", f"/ppid/{KEY}")
    assert "/us-east-1/s3/" in signed["X-Amz-Credential"]
