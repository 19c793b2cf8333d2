"""Bytes of a feed or sitemap in, the entries they list out."""
