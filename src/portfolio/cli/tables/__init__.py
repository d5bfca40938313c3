"""Results as tables on the screen."""
