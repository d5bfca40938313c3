"""Reading and writing: workbooks, JSON, operating models."""
