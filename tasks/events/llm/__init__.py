"""Codes events with a language model that the user has; the rules stay the default."""
