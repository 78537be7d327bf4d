"""``python -m sphinxcontrib_tropes.tools.cli``."""

from . import main

main()
