"""Views -> nodes -> HTML, SVG, LaTeX."""
