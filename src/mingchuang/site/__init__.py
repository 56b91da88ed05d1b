"""Settings, addresses, wiring, command line: the only place that knows everything."""
