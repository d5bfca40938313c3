"""What simulations show: chances of a plan, of its epics and of its budgets, and how sure choices are."""
