"""Turns mentions of one real-world event into one row of events."""
