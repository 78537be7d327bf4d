"""The wiki as data: written for other programs, and read from other wikis."""
