"""Charts: a frame in, a plotly figure out. No files, no clock, no session; colours come from ``palette`` alone."""
