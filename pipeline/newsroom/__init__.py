"""The bundled newsroom: outlets, pages and feeds, served over loopback."""
