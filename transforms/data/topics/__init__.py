"""Topic lexicons by language, and the script that builds the vocabulary."""
