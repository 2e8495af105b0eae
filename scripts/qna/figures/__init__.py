"""Draw figures as SVG: one function for each, named like its file."""
