"""The citation checker: whether what is cited supports what is said."""
