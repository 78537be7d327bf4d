"""Indexes over the facts of all documents: names, links, backlinks, examples, index pages, wanted pages."""
