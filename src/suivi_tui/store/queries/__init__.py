"""The read side: plain SQL into small frozen rows."""
