"""Quantities, units, dates and periods, and the metrics that are known by name."""
