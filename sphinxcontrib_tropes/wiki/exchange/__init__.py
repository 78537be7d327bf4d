"""The wiki as data, for others and from others."""
