"""Page names: every spelling of a page's name becomes one canonical name, one key, one title.

The rules are part of the public interface of the extension: ``Main/FurryConfusion``,
``FurryConfusion``, ``{{Furry Confusion}}``, ``Furry Confusion``, ``furryconfusion`` and
``Main.FurryConfusion`` all name the same page.
"""

from .entities import ENTITY, character, decoded
from .namespaces import DEFAULT_NAMESPACES, MAIN, META_NAMESPACES
from .page_names import Namespaces, PageName, Spelled, is_canonical, key_of, path_of, split_list
from .words import (
    UNSPACED,
    file_stem,
    memoized,
    normalized,
    slug,
    spelled_words,
    split_words,
)

__all__ = [
    "DEFAULT_NAMESPACES",
    "ENTITY",
    "MAIN",
    "META_NAMESPACES",
    "UNSPACED",
    "Namespaces",
    "PageName",
    "Spelled",
    "character",
    "decoded",
    "file_stem",
    "is_canonical",
    "key_of",
    "memoized",
    "normalized",
    "path_of",
    "slug",
    "spelled_words",
    "split_list",
    "split_words",
]
