"""A second small wiki, which refers to the pages of the guide's, and is referred to by none."""

import os

project = "operas"
author = "the sphinxcontrib-tropes developers"
copyright = "2026, the sphinxcontrib-tropes developers"

extensions = ["sphinxcontrib_tropes"]
# the guide stands around it on the site, and is built after it
tropes_federation = {"guide": ("../", "../_build/html")}
suppress_warnings = ["trope.federation"]

html_theme = os.environ.get("TROPES_DEMO_THEME", "furo")
html_title = "operas"
