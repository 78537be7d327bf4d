"""``python -m scripts`` writes the scripts that pages load."""

from __future__ import annotations

from . import generated

for file, text in generated().items():
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
