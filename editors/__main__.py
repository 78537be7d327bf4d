"""``python -m editors`` writes all that is generated for editors."""

from __future__ import annotations

from . import generated

for file, text in generated().items():
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
