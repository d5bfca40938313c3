"""A look at a file before any reader opens it, so that no hostile one takes the machine down."""
