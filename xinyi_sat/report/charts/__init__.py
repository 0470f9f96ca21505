"""Charts as SVG, the same on a page and on paper: numbers as printed, and no meaning by colour alone."""
