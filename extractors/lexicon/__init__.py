"""The curated names: companies, chips, models, people and places, and who makes what."""
