"""What the school writes: the référentiel and session workbooks, declared, read and checked."""
