"""Independent judges, one beside each solver.

A judge reads only the untouched input and the answer, works the answer out again in the slowest
and plainest way, and returns its complaints: none means the answer stands.
"""
