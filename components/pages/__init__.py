"""The pages, each a thin script."""
