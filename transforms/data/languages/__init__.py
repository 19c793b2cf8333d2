"""What a language classifier looks up, and the command that rebuilds it."""
