"""What happens to an article: pure functions, and their Beam wiring in `stages` alone."""
