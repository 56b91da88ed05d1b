"""Forms parse and say what is missing; they decide nothing and write nothing."""
