"""Questions to cited answers, on the command line."""
