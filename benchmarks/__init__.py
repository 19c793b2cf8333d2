"""Speed and quality, measured by hand and held as floors by the checks."""
