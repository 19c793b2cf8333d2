"""Where input comes from besides HTTP: feed lists, files, folders, WARC, JSON lines."""
