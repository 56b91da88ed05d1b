"""One index and one query language."""
