"""Budgets and final accounts of governments, departments and units (预算法 art. 14)."""
