"""Runs the SQL models in sql/, and their tests."""
