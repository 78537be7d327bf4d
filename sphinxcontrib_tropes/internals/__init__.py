"""Everything that touches the insides of Sphinx, docutils, Jinja or Python."""
