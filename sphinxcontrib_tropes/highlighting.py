"""The lexer, under the module name that older installations use."""

from .markup.pygments_lexer import TropeLexer

__all__ = ["TropeLexer"]
