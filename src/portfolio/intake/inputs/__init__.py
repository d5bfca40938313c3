"""Which table of a file is which input of a portfolio, and which tables go together."""
