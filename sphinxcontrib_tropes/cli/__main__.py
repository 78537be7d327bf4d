"""``python -m sphinxcontrib_tropes.cli``."""

from . import main

main()
