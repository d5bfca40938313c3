"""The input sheets: everything the user brings, under the names that reading expects."""
