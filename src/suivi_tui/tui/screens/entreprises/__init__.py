"""Screen 5: companies, structures, whom to call there."""
