"""Charts as SVG of our own, the same on a page and on paper: numbers as printed, meaning never by colour alone."""
