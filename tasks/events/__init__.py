"""Codes events: who did what to whom, when, where, according to whom."""

from tasks.events.articles import code_articles
from tasks.events.coder import code_text, read_text
from tasks.events.explain import explain_sentence
from tasks.events.mention import Mention
from tasks.events.records import STATUSES, code_records

__all__ = [
    "STATUSES",
    "Mention",
    "code_articles",
    "code_records",
    "code_text",
    "explain_sentence",
    "read_text",
]
