"""Figures in prose: what each measures and whose it is."""
