"""Untrusted bytes are parsed in processes that can be killed."""
