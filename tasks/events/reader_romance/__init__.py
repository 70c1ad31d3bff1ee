"""Reads Spanish and French sentences with tables of forms and a fixed order of attachment."""
