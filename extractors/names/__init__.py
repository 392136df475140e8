"""Names in one report: the known ones, those it introduces itself, and what each is."""
