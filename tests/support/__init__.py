"""Helpers shared by the tests and their tools."""
