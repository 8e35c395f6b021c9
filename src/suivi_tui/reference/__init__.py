"""Dated reference data: figures a decree or a territory may change, each with its source."""
