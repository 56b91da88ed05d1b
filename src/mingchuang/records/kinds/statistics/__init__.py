"""Statistics with their revisions (统计信息)."""
