"""Baked pages: store, baker, and the byte layer in front of Django."""
