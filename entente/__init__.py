"""Entente: which countries did what to whom, and when, read from raw news pages."""

__version__ = "0.1.0"
