"""The grid contract (layout, identity) and its two sides: writing a grid and reading it back."""
