"""The hour grid of one obligation: people x months."""
