"""Recruitment by examination (招考录用)."""
