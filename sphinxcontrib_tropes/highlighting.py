"""The lexer under the name by which older installations look for it."""

from .markup.pygments_lexer import TropeLexer

__all__ = ["TropeLexer"]
