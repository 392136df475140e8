"""Who did what to whom: predicate frames, turns of phrase, and how sure a clause is."""
