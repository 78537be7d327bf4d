"""Source text, changed on purpose: places, spelling, rename, convert, suggest."""
