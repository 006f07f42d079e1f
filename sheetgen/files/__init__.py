"""Files of any kind, written whole or not at all: CSV, JSON, zip members, temporary records."""
