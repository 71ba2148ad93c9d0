"""Execution: parameterised notebooks in, executed notebooks out."""
