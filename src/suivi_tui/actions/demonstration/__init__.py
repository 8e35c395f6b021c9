"""The demonstration base: a fictional facilitator's two years of work, to discover and to test."""

from suivi_tui.actions.demonstration.build import build_demonstration, open_or_build
from suivi_tui.store.demonstration_mark import is_demonstration

__all__ = ["build_demonstration", "is_demonstration", "open_or_build"]
