"""The network as columns: members, what they need and offer, where they are, whom they know.

A snapshot is one immutable version of the network. Members are numbered densely from 0; whoever
builds it keeps the table from these numbers to people. Build one from plain arrays, save it, and
every process on the machine can map the same file read-only:

>>> import tempfile, pathlib, numpy as np
>>> from footbridge.engine.snapshot import Snapshot
>>> made = Snapshot.build(
...     2,
...     offers=([0], [7], [1.0]),
...     needs=([1], [7], [1.0]),
...     languages=np.array([1, 3]),
...     revision="demo-1",
... )
>>> made.offers.members_with(7).tolist(), made.needs.terms_of(1).tolist()
([0], [7])
>>> with tempfile.TemporaryDirectory() as folder:
...     path = made.save(pathlib.Path(folder) / "network.snapshot")
...     again = Snapshot.open(path, verify=True)
...     again.n, again.revision, again.hash == made.hash
(2, 'demo-1', True)
"""

from footbridge.engine.snapshot.network import MISSING, Kind, Snapshot
from footbridge.engine.snapshot.places import EARTH_KM, Places, on_sphere
from footbridge.engine.snapshot.store import SnapshotError
from footbridge.engine.snapshot.tags import Entries, Tags

__all__ = [
    "EARTH_KM",
    "MISSING",
    "Entries",
    "Kind",
    "Places",
    "Snapshot",
    "SnapshotError",
    "Tags",
    "on_sphere",
]
