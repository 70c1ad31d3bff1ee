"""The stages of the pipeline: one package each, pure functions over Arrow tables."""
