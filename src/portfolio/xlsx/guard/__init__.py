"""Guards readers of workbooks: a hostile file is refused before any reader opens it."""
