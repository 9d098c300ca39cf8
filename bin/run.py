#!/usr/bin/env python3
"""Install what is missing, load the demo office once, and serve the site: `make run`, or `python3 bin/run.py`."""

from eppid_local import require_python

require_python()

from eppid_local.serve import main  # noqa: E402  (needs the check above: its syntax is newer)

if __name__ == "__main__":
    main()
