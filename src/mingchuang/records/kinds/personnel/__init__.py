"""Appointments and removals (人事任免)."""
