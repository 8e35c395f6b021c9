"""Files in and out: open data, CSV tables, syntheses."""
