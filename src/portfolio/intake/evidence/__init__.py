"""Evidence as people keep it: sheets and text tables beside the portfolio, read by heading with every place."""
