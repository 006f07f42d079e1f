"""The revisions of the register, oldest first."""
