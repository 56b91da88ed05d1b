"""Kinds of record, each an app of its own, found by scanning."""
