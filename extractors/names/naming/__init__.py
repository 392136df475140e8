"""Names by example: what an unknown word of a report looks like, and what stands beside it."""
