#!/usr/bin/env python3
"""Check style, types, the direction of imports and the migrations: `make lint`, or `python3 bin/lint.py`."""

from eppid_local import require_python

require_python()

from eppid_local.lint import main  # noqa: E402  (needs the check above: its syntax is newer)

if __name__ == "__main__":
    main()
