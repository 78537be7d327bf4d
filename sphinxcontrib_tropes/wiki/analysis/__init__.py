"""What follows from the link graph: relations, the network, what is named together."""
