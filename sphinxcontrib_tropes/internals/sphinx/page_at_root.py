"""A page that ``dirhtml`` writes as a file in the root of the site.

Touches: ``get_target_uri`` and ``get_output_path`` of one builder, replaced on the object.
Why: servers look for ``404.html``, but ``dirhtml`` writes ``404/index.html``.
Seen in: Sphinx 8.2 to 9.2.
Remove when: ``dirhtml`` can write a document to a file of that name.
Upstream: none known; some servers compensate, as in
https://github.com/readthedocs/readthedocs.org/pull/5754.
Without it: servers do not find the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.builders import Builder

__all__ = ["write_at_root"]

_IS_WANTED = "tropes_writes_at_root"


def write_at_root(builder: Builder, docname: str, *, is_wanted: bool) -> None:
    """Makes *builder* write *docname* as ``docname.html`` in its output folder.

    :param is_wanted: whether to do so in this build: the next one in the process may differ.
    """
    is_replaced = hasattr(builder, _IS_WANTED)
    setattr(builder, _IS_WANTED, is_wanted)
    if is_replaced:
        return
    file = f"{docname}.html"

    def replace(name: str, at_root: Any) -> None:
        usual: Callable[..., Any] = getattr(builder, name)

        def found(of: str, *others: Any) -> Any:
            result = usual(of, *others)
            return at_root if of == docname and getattr(builder, _IS_WANTED) else result

        setattr(builder, name, found)

    replace("get_target_uri", file)
    replace("get_output_path", Path(builder.outdir, file))
