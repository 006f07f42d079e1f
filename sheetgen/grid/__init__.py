"""The grid: its contract, whom it is for, what is in it, and its two sides, `write` and `read`."""
