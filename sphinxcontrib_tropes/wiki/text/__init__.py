"""Functions of text: sentences, cue phrases, titles without a link, widths, similar names."""
