"""Sentences of languages other than English, read by prepositions, cases and word order."""
