"""Lists of subsidies paid: on the web with the least of personal data, until the last day of their display."""
