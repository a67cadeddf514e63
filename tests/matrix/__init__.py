"""Who may do what: every route and operation, by every method, as everyone, to everything.

What is expected follows from declarations alone: the audience on the view, and whose a thing is
(`rules.py`). `python -m tests.matrix` writes down what follows; the tests then ask the server.

What no declaration says is written down as the server answers today, and a difference is red: whose
texts who reads and which fields of the API reach whom (`seen.py`, with the words of
`sentinels.py`), and what each form takes and writes (`overposting.py`).

A new route needs nothing here as long as its audience and the gaps in its address are known; an
audience or a gap that is not known is an error. A new kind of thing is declared in `stage.py`
(one to look at) and `rules.py` (whose it is).
"""
