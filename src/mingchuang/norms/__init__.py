"""The law as code: calendars, clock, rules, state machines, identifiers. No Django, no clock, no network."""
