"""What a bucket needs for parts of files that come straight from an officer's browser: links, CORS, cleaning up."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from common.object_storage import PRESIGNED_SECONDS
from documents.storage.common import StoreAway

logger = logging.getLogger(__name__)
UPLOAD_RULE = "eppid-unggah"
"""Name of our CORS rule among those of the bucket."""


class TakesParts:
    """The part of `BucketStorage` that has to do with browsers that send."""

    client: Any
    place_of: Any
    bucket_place: Any
    bucket_name: str
    location: str
    redirects: bool

    def part_link(self, name: str, upload_id: str, number: int, length: int) -> str:
        """Return an address that takes one part of an unfinished file for a minute: of exactly so many bytes."""
        part = {"UploadId": upload_id, "PartNumber": number, "ContentLength": length}
        return self.client("links").generate_presigned_url(
            "upload_part", Params={**self.place_of(name), **part}, ExpiresIn=PRESIGNED_SECONDS
        )

    def unfinished(self) -> Iterator[tuple[str, str, datetime]]:
        """Yield whole key, upload id and beginning of every multipart upload of ours. Raises boto's own errors."""
        prefix = f"{self.location.strip('/')}/" if self.location.strip("/") else ""
        pages = (
            self.client().get_paginator("list_multipart_uploads").paginate(**self.bucket_place, Prefix=prefix)
        )
        for page in pages:
            for entry in page.get("Uploads", []):
                yield entry["Key"], entry["UploadId"], entry["Initiated"]

    def let_browsers_upload(self, origins: Iterable[str]) -> list[str]:
        """Let pages of these origins send parts of files (CORS); return what was done, for the operator.

        Rules of others stay. Where readers are not sent to the bucket, browsers need no rule. Raises StoreAway.
        """
        if not self.redirects:
            return []
        rule = {
            "ID": UPLOAD_RULE,
            "AllowedOrigins": sorted(set(origins)),
            "AllowedMethods": ["PUT"],
            "AllowedHeaders": ["content-type"],
            "MaxAgeSeconds": 3600,
        }
        client = self.client()
        try:
            try:
                rules = client.get_bucket_cors(**self.bucket_place)["CORSRules"]
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != "NoSuchCORSConfiguration":
                    raise
                rules = []
            if rule in rules:
                return []
            unnamed = {name: value for name, value in rule.items() if name != "ID"}
            if unnamed in rules:  # some services keep no names
                return []
            others = [one for one in rules if one.get("ID") != UPLOAD_RULE]
            client.put_bucket_cors(**self.bucket_place, CORSConfiguration={"CORSRules": [*others, rule]})
        except ClientError as error:
            logger.warning("No CORS rule could be set for bucket %s: %s", self.bucket_name, error)
            return [
                "Aturan CORS tidak dapat dipasang dengan kunci ini; pasang di penyedia penyimpanan "
                "(docs/operations.md). Tanpa itu berkas besar tetap dapat diunggah, tetapi lewat situs."
            ]
        except BotoCoreError as error:
            raise StoreAway(str(error)) from error
        return [f"Peramban boleh mengunggah ke bucket dari {', '.join(rule['AllowedOrigins'])}."]
