"""Word tables of extraction: section names, and the phrases of boilerplate by language."""
