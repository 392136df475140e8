"""What is known of entities, and decisions on them."""
