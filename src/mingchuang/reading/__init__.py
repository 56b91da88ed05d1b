"""Official documents in: formats, structure, duties. Pure Python above norms."""
