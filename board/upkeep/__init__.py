"""Keeping a board: founding, moving in and out, backing up, upgrading, checking, demonstrating."""
