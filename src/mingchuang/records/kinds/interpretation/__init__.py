"""Interpretations of policies (政策解读)."""
