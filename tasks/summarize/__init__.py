"""Builds and tests the SQL models of sql/ (and of a user's own folder) in DuckDB."""

from tasks.summarize.build import Built, load_models, read_mart, run_models
from tasks.summarize.checks import TestResult, run_tests
from tasks.summarize.model import Header, Model

__all__ = [
    "Built",
    "Header",
    "Model",
    "TestResult",
    "load_models",
    "read_mart",
    "run_models",
    "run_tests",
]
