"""The tests of the application share two modules: ``driving`` and ``tui_samples``."""

import sys
from pathlib import Path

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)
