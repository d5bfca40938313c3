"""What cells say: one decision for a whole column."""
