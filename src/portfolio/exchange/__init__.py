"""What goes out for other tools."""
