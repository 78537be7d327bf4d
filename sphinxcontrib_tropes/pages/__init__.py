"""The pages without a source: which there are, and where."""
