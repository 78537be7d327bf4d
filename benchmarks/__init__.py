"""How fast and how small: measured side by side with others, on the same content."""
