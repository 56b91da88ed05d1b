"""School admission (招生)."""
