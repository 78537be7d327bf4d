"""Imports pages from elsewhere: sources and their dialects, a plan of names and files, a journal so
that an import can be continued, a report.

Knows nothing of the command line.
"""
