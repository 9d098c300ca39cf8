#!/usr/bin/env python3
"""Install the test tools and run the whole suite: `make test`, or `python3 bin/test.py [pytest arguments]`."""

from eppid_local import require_python

require_python()

from eppid_local.suite import main  # noqa: E402  (needs the check above: its syntax is newer)

if __name__ == "__main__":
    main()
