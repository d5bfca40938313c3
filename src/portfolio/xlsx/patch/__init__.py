"""A user's own workbook, changed inside its package: only the parts that have to change, everything else as it was."""
