"""Lists for those concerned alone: poverty, relief, subsidies and compensation per household, on village boards."""
