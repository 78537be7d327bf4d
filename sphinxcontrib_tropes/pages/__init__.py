"""The pages without a source: which ones a build has, and their addresses."""
