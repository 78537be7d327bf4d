"""Importing pages from elsewhere: sources and their dialects, a plan of names and files, a journal
that survives a stop, a report.

Knows no command line.
"""
