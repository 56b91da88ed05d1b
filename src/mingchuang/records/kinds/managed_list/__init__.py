"""Lists of matters under management (清单)."""
