"""What can be claimed, and where it is kept: RDF, search, generations."""
