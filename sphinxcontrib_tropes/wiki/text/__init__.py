"""Text: sentences, words, widths, similar names."""
