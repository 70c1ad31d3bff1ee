"""Tells the language of every article."""
