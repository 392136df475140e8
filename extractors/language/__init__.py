"""Korean sentences: morphemes, phrases, clauses and their endings, before anybody is named."""
