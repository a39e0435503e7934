"""Criteria as text; decisions with reasons."""
