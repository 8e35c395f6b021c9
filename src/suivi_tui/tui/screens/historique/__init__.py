"""Screen 0: changes, backups, verification."""
