#!/usr/bin/env python3
"""Django's command line for e-PPID. `site/` is put on the path because it cannot be a package itself."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eppid.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
