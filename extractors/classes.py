"""Classes of entities that rules ask for together."""

from __future__ import annotations

BODIES = ("Company", "Organization")
ACTORS = (*BODIES, "Person")
PARTIES = (*BODIES, "Place")
"""Who deals with others: a country stands for its government."""
THINGS = ("Model", "Chip", "Software", "Product")
"""What somebody brings out under a name."""
MADE = (*THINGS, "Technology")
