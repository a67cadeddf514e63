"""Twin worlds: two databases from one seed that differ only in a person under the radar.

The same adaptive script runs as an observer over everything that can be asked of each of them; what
comes back must be equal to the byte, and so must what it costs the server.

    still.py      the clock and every random draw follow from who acts, and from nothing else
    databases.py  one database for each world, copied from a base that is built once
    network.py    the network that stands in every world
    evenings.py   what somebody who was listed left behind in sessions
    hidden.py     the person under the radar: who they are, and all that they can do
    asking.py     one request, what came back and what it cost
    surface.py    everything that can be asked, enumerated
    dictionary.py everything that an attacker may know of the hidden person, in variants
    script.py     the script of an observer
    behind.py     what lies behind the pages: tables, files, messages, logs
    twins.py      worlds paired, observed and compared
    leaks/        leaks planted on purpose, each of which must turn the detector red

`make twin N=300` runs many pairs and writes docs/privacy-report.md.
"""
