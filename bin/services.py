#!/usr/bin/env python3
"""Start real engines on loopback for development and tests, and print how to use them.

eval "$(make -s services)"     start, and set the variables in this shell
python3 bin/services.py stop   stop them
"""

from eppid_local import require_python

require_python()

from eppid_local.services import main  # noqa: E402  (needs the check above: its syntax is newer)

if __name__ == "__main__":
    main()
