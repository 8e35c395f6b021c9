"""Screen 4: people, their eligibility, their work contracts."""
