"""``sphinx-build``, with or without PyStemmer: ``python -m benchmarks.sphinx_build STEMMER ...``."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    if sys.argv[1] == "slow":
        sys.modules["Stemmer"] = None  # type: ignore[assignment]  # as if it were not installed
    from sphinx.cmd.build import main

    raise SystemExit(main(sys.argv[2:]))
