"""Grids that came back: found, contained, identified, settled and sent back where faulty."""
