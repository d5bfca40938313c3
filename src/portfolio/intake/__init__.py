"""Tables as people keep them, understood: found, read by their headings, and checked with every problem at its place."""
