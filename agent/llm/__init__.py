"""Language models: as the one who answers with read-only tools, and as a reader of reports."""
