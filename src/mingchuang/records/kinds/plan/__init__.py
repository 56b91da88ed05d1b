"""Plans and how far they have come (规划计划)."""
