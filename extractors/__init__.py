"""Reports to claims: names, frames, tables, values and modality."""
