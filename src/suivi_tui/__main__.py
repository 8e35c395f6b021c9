"""``python -m suivi_tui``."""

import sys

from suivi_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
