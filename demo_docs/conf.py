"""The guide of sphinxcontrib-tropes, and a small wiki that shows what it tells."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import sphinxcontrib_tropes

project = "sphinxcontrib-tropes"
version = release = sphinxcontrib_tropes.__version__
author = "the sphinxcontrib-tropes developers"
copyright = "2026, the sphinxcontrib-tropes developers"

extensions = ["sphinxcontrib_tropes", "myst_parser", "markup_reference"]
exclude_patterns = ["_build", "_ext", "_operas"]

linkcheck_ignore = [r"https?://www\.example\.(org|com)"]

tropes_unlinked_mentions = True

# the guide is no wiki, and shows backlinks all the same
tropes_backlinks_for = "all"

# a wiki of its own, which `make demo` builds first
if "TROPES_DEMO_OPERAS" in os.environ:
    tropes_federation = {"operas": ("operas/", os.environ["TROPES_DEMO_OPERAS"])}

html_theme = os.environ.get("TROPES_DEMO_THEME", "furo")
html_title = "sphinxcontrib-tropes"
html_static_path = ["_static"]
html_css_files = ["demo.css"]

# names in all scripts ask for a TeX that knows Unicode, and for a font for each range of letters
latex_engine = "xelatex"
latex_use_xindy = False
latex_elements = {
    "fontpkg": r"""
\setmainfont{FreeSerif}
\setsansfont{FreeSans}
\setmonofont{FreeMono}
\newfontfamily\ideographs{IPAMincho}
\newfontfamily\devanagari{FreeSerif}[Script=Devanagari]
\newfontfamily\pictographs{DejaVu Sans}
\XeTeXinterchartokenstate=1
\newcommand*\lettersfrom[3]{%
  \newXeTeXintercharclass\letters
  \count255=#1
  \loop
    \XeTeXcharclass\count255=\letters
    \ifnum\count255<#2 \advance\count255 by 1
  \repeat
  \XeTeXinterchartoks 0 \letters = {\begingroup#3}%
  \XeTeXinterchartoks 4095 \letters = {\begingroup#3}%
  \XeTeXinterchartoks \letters 0 = {\endgroup}%
  \XeTeXinterchartoks \letters 4095 = {\endgroup}%
}
\lettersfrom{"0900}{"097F}{\devanagari}
\lettersfrom{"3000}{"9FFF}{\ideographs}
\lettersfrom{"1F300}{"1F6FF}{\pictographs}
\AtBeginDocument{\def\UrlFont{\ideographs}}
""",
}
