"""The syntheses that can be sent, what they lack, and the files they become."""
