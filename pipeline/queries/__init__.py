"""SQL over the lake: views, macros and the printing of answers."""
