"""The peer of the baked page: a site as `startproject` makes it; one table, three queries, one template."""
