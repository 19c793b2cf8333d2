"""Package data; the line at the head of each file says where it came from."""
