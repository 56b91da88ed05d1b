"""Views parse, call and render."""
