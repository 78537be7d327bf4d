"""The rules of an import: what the user makes of each template of the source."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from ..refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FILE", "read_rules", "with_new_templates"]

FILE = "import-rules.toml"

_HEAD = """\
# What becomes of the templates of the wiki: "name" = "trope markup". In the markup, $1 is the first
# argument, $name or ${a name} the one with that name, $* all that have none, $fields a table of all
# that have one, $links the arguments as links to pages, $citation the words of a reference.
# "" leaves the template out. A line that begins with # is no rule: it says what is done now.
# Edit this file, and run the import again.
"""


def read_rules(path: Path) -> dict[str, str]:
    """Name of a template, in lower case and with blanks -> trope markup.

    :raises Refusal: if the file can't be read, or is no TOML of texts.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        raise Refusal(f"cannot read {path}: {error}") from None
    for name, rule in data.items():
        if not isinstance(rule, str):
            raise Refusal(f"cannot read {path}: the rule of {name!r} is not a text in quotes")
    return {" ".join(name.replace("_", " ").split()).lower(): rule for name, rule in data.items()}


def with_new_templates(
    text: str | None, templates: Mapping[str, tuple[int, int, str]]
) -> str | None:
    """*text*, the file of rules, with a line for each template that it does not name yet. Nothing
    that the user wrote changes. None if there is nothing to write.

    :param templates: name -> uses, pages, and what is made of it.
    """
    named = set()
    for match in re.finditer(r'^#?[ \t]*("(?:[^"\\\n]|\\.)*")[ \t]*=', text or "", re.MULTILINE):
        try:
            named.add(json.loads(match[1]).lower())
        except ValueError:
            continue
    lines = []
    by_pages = sorted(templates.items(), key=lambda item: (-item[1][1], -item[1][0], item[0]))
    for name, (uses, pages, guess) in by_pages:
        if name.lower() not in named:
            rule = f"{_quoted(name)} = {_quoted(guess)}"
            lines.append(f"#{rule}  # {uses} uses on {pages} pages")
    if not lines:
        return None
    head = _HEAD if text is None else text if text.endswith("\n") else f"{text}\n"
    return "\n".join([head, *lines, ""]) if text is None else head + "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """*text* as a string of TOML, on one line."""
    quoted = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return quoted.replace("\x7f", "\\u007f")
