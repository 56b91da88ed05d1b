"""Tokens, styles, base templates and components."""
