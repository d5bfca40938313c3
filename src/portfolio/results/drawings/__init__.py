"""Views as drawings: SVG with classes and without styles or scripts, the same on the page and in the report."""
