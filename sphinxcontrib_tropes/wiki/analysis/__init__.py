"""What follows from the links: trope relations, the network of pages, co-citation, parted titles."""
