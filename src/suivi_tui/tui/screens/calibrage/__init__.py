"""The calibration workbench: methods side by side, explained, judged and compared."""
