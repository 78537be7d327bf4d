"""Runs the language server on standard input and output."""

from __future__ import annotations

import io
import logging
import os
import sys

from .features import make_server

__all__ = ["run"]


def run() -> None:
    """Serves one client, until it ends.

    Nothing else can write to the client: what ``conf.py`` prints goes to standard error.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    logging.getLogger("sphinx").addHandler(logging.NullHandler())
    logging.getLogger("sphinx").propagate = False
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdin, sys.stdout = io.StringIO(), sys.stderr
    make_server().start_io(requests, answers)
