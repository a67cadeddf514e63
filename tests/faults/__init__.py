"""Faults, brought about on purpose on a real installation, and what is left afterwards.

`make faults` runs every drill and prints a line for each: acknowledged, found, lost, torn,
duplicates. The short form is part of the tests.
"""
