"""What one document contributes, and how it is stored."""
