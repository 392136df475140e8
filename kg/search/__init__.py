"""Finding passages: Korean analysis, a lexical index, vectors and their fusion."""
