"""Questions read: what is asked for, of which things, of which time."""
