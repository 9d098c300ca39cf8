"""The S3 service that tests marked `s3` talk to: a real one (SeaweedFS), never a double.

`make test` names it in `EPPID_TEST_S3_ENDPOINT_URL` and its companions, and the settings of the tests put an
`S3_ENDPOINT_URL` that is given there. Where pytest is run by itself, one starts when the first test asks for it, for
this process alone, and ends with it.
"""

import atexit
import os
import secrets
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bin"))

from eppid_local import seaweedfs

VARIABLES = ("S3_ENDPOINT_URL", "S3_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
GIVEN = "EPPID_TEST_S3_ENDPOINT_URL"
NOT_HAD = "EPPID_TEST_NO_S3"  # why `make test` has none


@cache
def why_no_store() -> str | None:
    """Return why no S3 service can be had here, or None when `store_variables` names one. Starts nothing."""
    if os.environ.get(GIVEN):
        return None
    if problem := os.environ.get(NOT_HAD) or seaweedfs.why_not():
        return f"an S3 service cannot be had here: {problem}"
    return None


@cache
def store_variables() -> dict[str, str]:
    """Return the variables of the S3 service (as the site's environment names them), started first if need be."""
    if os.environ.get(GIVEN):
        return {name: os.environ[f"EPPID_TEST_{name}"] for name in VARIABLES}
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(seaweedfs.throwaway()).variables


def options(variables: dict[str, str] | None = None, **more) -> dict:
    """Return the options of a storage in a place of its own in the bucket, changed by `more`."""
    from common.object_storage import s3_options

    return {**s3_options(variables or store_variables()), "location": f"uji-{secrets.token_hex(6)}", **more}
