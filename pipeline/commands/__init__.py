"""What each sub-command of `dateline` does."""
