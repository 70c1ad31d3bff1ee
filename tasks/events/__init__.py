"""Codes who did what to whom: annotated sentences to event mentions."""
