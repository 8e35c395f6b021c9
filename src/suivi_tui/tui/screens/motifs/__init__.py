"""The refusal register: why purchases have no social condition."""
