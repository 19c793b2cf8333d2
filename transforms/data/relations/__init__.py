"""Trigger stems, fitted weights, and the scripts that build them."""
