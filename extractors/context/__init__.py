"""A sentence with its names, and what those before it leave to it: topic, heading, speaker."""
