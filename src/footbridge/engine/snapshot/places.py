"""Where members are: points on the unit sphere, several each, and the cell that bounds them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

NOWHERE = 0
SCATTERED = 1
FIRST_CELL = 2
"""Cell numbers: nobody knows where; places in several cells; then the real cells."""


@dataclass(frozen=True, eq=False)
class Places:
    """Places of operation, any number per member.

    Shapes: ``indptr`` int64 [n+1] into ``xyz`` float32 [places, 3], unit vectors; ``cell`` int32
    [n] is the one-degree cell that holds all of a member's places; ``centre`` float32 [cells, 3]
    and ``radius`` float32 [cells] (radians) enclose every place of a cell.
    """

    indptr: npt.NDArray[np.int64]
    xyz: npt.NDArray[np.float32]
    cell: npt.NDArray[np.int32]
    centre: npt.NDArray[np.float32]
    radius: npt.NDArray[np.float32]

    @classmethod
    def build(
        cls, n: int, member: npt.ArrayLike, latitude: npt.ArrayLike, longitude: npt.ArrayLike
    ) -> "Places":
        """From three columns, one row per place: member, degrees north, degrees east."""
        member = np.asarray(member, np.int32)
        latitude, longitude = np.asarray(latitude, float), np.asarray(longitude, float)
        if len(member) and (member.min() < 0 or member.max() >= n):
            raise ValueError(f"A place names a member outside 0..{n - 1}.")
        if np.any(np.abs(latitude) > 90) or not np.all(np.isfinite(latitude + longitude)):
            raise ValueError("Latitudes lie between -90 and 90 degrees; longitudes are numbers.")
        order = np.argsort(member, kind="stable")
        member, latitude, longitude = member[order], latitude[order], longitude[order]
        xyz = on_sphere(latitude, longitude).astype(np.float32)
        number = _number_cells(latitude, longitude)
        centre, radius = _enclose(xyz.astype(float), number)
        indptr = np.searchsorted(member, np.arange(n + 1)).astype(np.int64)
        return cls(indptr, xyz, _cell_of_members(indptr, number), centre, radius)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Whose place is known (bool [n])."""
        known: npt.NDArray[np.bool_] = self.cell != NOWHERE
        return known

    def of(self, member: int) -> Floats:
        """One member's places as unit vectors, float64 [places, 3]."""
        return self.xyz[self.indptr[member] : self.indptr[member + 1]].astype(np.float64)


def on_sphere(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Floats:
    """Degrees to unit vectors.

    >>> on_sphere([0.0], [90.0]).round(6).tolist()
    [[0.0, 1.0, 0.0]]
    """
    north, east = np.radians(np.asarray(latitude, float)), np.radians(np.asarray(longitude, float))
    return np.stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1
    )


def angle_between(points: Floats, others: Floats) -> Floats:
    """Angles in radians, from the chord: exact for near neighbours where arccos is not."""
    chord = np.sqrt(np.square(points - others).sum(axis=-1))
    angles: Floats = 2 * np.arcsin(np.minimum(chord / 2, 1.0))
    return angles


def _number_cells(latitude: Floats, longitude: Floats) -> npt.NDArray[np.int64]:
    """Number the one-degree cells in use from FIRST_CELL, row by row from the south."""
    square = np.floor(latitude + 90).astype(np.int64) * 360 + np.floor(longitude % 360).astype(int)
    return np.unique(square, return_inverse=True)[1].reshape(-1) + FIRST_CELL


def _enclose(
    xyz: Floats, number: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    cells = int(number.max()) + 1 if len(number) else FIRST_CELL
    centre = np.zeros((cells, 3), np.float32)
    for axis in range(3):
        centre[:, axis] = np.bincount(number, xyz[:, axis], minlength=cells)
    length = np.sqrt(np.square(centre).sum(axis=1, keepdims=True))
    centre /= np.maximum(length, 1e-12)
    radius = np.zeros(cells)
    np.maximum.at(radius, number, angle_between(xyz, centre[number].astype(float)))
    # Half a metre of room for what float32 rounds away.
    return centre, (radius + 1e-7).astype(np.float32)


def _cell_of_members(
    indptr: npt.NDArray[np.int64], number: npt.NDArray[np.int64]
) -> npt.NDArray[np.int32]:
    cell = np.zeros(len(indptr) - 1, np.int32)
    there = np.flatnonzero(np.diff(indptr))
    if len(there):
        low = np.minimum.reduceat(number, indptr[there])
        high = np.maximum.reduceat(number, indptr[there])
        cell[there] = np.where(low == high, low, SCATTERED)
    return cell
