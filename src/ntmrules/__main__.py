"""`python -m ntmrules` is the command `ntmrules`."""

from __future__ import annotations

import sys

from ntmrules.cli import main


if __name__ == "__main__":
    sys.exit(main())
