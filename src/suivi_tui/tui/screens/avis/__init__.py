"""The reviews of a contract."""
