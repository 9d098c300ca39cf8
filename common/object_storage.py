"""How the site's variables become the options of its file store. Plain Python: the settings read it."""

from collections.abc import Mapping

#: Region named to services that are not AWS, which want one in the signature and do not look at it.
ANY_REGION = "us-east-1"
PRESIGNED_SECONDS = 60
"""How long an address of the store lives that a reader is sent to."""


def s3_options(environ: Mapping[str, str]) -> dict | None:
    """Return the options of `documents.storage.BucketStorage`, or None when files live on disk.

    With `S3_ENDPOINT_URL` any S3 service, addressed by path; with `S3_BUCKET` alone AWS itself, addressed by host.
    """
    endpoint = environ.get("S3_ENDPOINT_URL", "")
    if not endpoint and not environ.get("S3_BUCKET", ""):
        return None
    return {
        "bucket_name": environ.get("S3_BUCKET", ""),
        "endpoint_url": endpoint or None,
        "public_endpoint_url": environ.get("S3_PUBLIC_ENDPOINT_URL", "") or None,
        "access_key": environ.get("AWS_ACCESS_KEY_ID", ""),
        "secret_key": environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "region_name": environ.get("AWS_S3_REGION", "") or (ANY_REGION if endpoint else None),
        "addressing_style": "path" if endpoint else "virtual",
        "encryption": environ.get("S3_ENCRYPTION", "") or "auto",
        "redirects": environ.get("S3_DELIVERY", "") != "stream",
    }
