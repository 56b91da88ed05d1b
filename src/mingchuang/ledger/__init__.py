"""The ledger of duties (要点台账) read from a notice."""
