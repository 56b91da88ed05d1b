"""Batches of land expropriation (征地批次)."""
