"""Exchange with other tools and programs: tables as CSV, and a portfolio as frames."""
