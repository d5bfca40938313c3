"""How long work runs: it can be cancelled, runs side by side, and is compiled once."""
