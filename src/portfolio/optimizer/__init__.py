"""From a portfolio to its best plan, with an honest claim."""
