"""Results written into a workbook that somebody keeps: their cells stay, ours follow them."""
