"""Finds actors, dates, places, quantities and quotations in text, with exact offsets."""
