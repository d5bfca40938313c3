"""Files as they are kept: JSON, YAML, operating models; written whole or not at all."""
