"""What runs for every draw, compiled: random numbers, the factors that are drawn, and a plan played forward."""
