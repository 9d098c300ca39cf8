"""The scripts of bin/ are imported as they are: they have no package of their own to be installed from."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))
