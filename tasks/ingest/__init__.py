"""Reads articles in any form; refuses bad records with a reason."""
