"""`python tools/demo_model STEP`: see README.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from demo_model.cli import main  # noqa: E402 - the path above makes it importable

if __name__ == "__main__":
    main()
