"""What the sentences of a report leave to those after them."""
