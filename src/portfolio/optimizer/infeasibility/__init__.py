"""Why no plan is possible, and the least that would make one possible."""
