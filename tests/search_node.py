"""The Elasticsearch node that tests marked `elasticsearch` talk to: a real one, shared by the whole run.

`make test` names it in `EPPID_TEST_ELASTICSEARCH_URL`, and the settings of the tests put an `ELASTICSEARCH_URL` that is
given there. Where pytest is run by itself, a node starts when the first test asks for it and ends with the run.
"""

import os
import sys
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bin"))

from eppid_local import elasticsearch
from eppid_local.elasticsearch_files import cached

RUN = "EPPID_TEST_RUN"  # process number of the one that outlives all others of this run
GIVEN = "EPPID_TEST_ELASTICSEARCH_URL"
NOT_HAD = "EPPID_TEST_NO_ELASTICSEARCH"  # why `make test` has none


def remember_run() -> None:
    """Let the processes of this run find each other; called first by the one that outlives the others."""
    os.environ.setdefault(RUN, str(os.getpid()))


@cache
def why_no_node() -> str | None:
    """Return why no node can be had here, or None when `node_url` gives one. Starts nothing."""
    if os.environ.get(GIVEN):
        return None
    if problem := os.environ.get(NOT_HAD) or elasticsearch.why_not():
        return f"Elasticsearch cannot be had here: {problem}"
    if cached() is None:
        return "Elasticsearch has not been fetched yet: make test or make services does it"
    return None


@cache
def node_url() -> str | None:
    """Return the address of the node, started first if need be; None where none can be had."""
    if why_no_node():
        return None
    return os.environ.get(GIVEN) or elasticsearch.shared_throwaway(int(os.environ[RUN]))
