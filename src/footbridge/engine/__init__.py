"""The workshop next door: values in, answers with reasons out.

Everything here is pure. It reads one immutable snapshot of a network, touches no database, asks no
clock and knows no framework: standard library and NumPy. A judge in ``checks`` stands beside each
solver and reads only the input and the answer.
"""

VERSION = "1"
"""Names the formulas in force. It is written into every answer and rises when one changes."""
