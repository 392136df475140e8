"""Relations by example: what two names of a sentence have to do with each other."""
