"""Write one grid, or stamp many from a form that is written once. Never imports `grid.read`."""
