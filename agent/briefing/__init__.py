"""A diff told to people: as text, as Markdown to send, as one HTML page."""
