"""What buyers committed to, year by year, and what was achieved."""
