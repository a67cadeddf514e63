"""One file, immutable, the same after a round trip, and clear when something is wrong with it."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine.snapshot import EARTH_KM, Snapshot, SnapshotError
from footbridge.engine.snapshot.places import NOWHERE, SCATTERED, angle_between
from footbridge.engine.ties import Ties
from tests.engine.fit.networks import network


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return network(3, 50).save(tmp_path / "network.snapshot")


def test_a_snapshot_opens_as_it_was_saved(saved: Path) -> None:
    made, opened = network(3, 50), Snapshot.open(saved, verify=True)
    assert opened.hash == made.hash
    assert opened.revision == "seed 3"
    assert opened.n == 50
    assert set(opened.arrays) == set(made.arrays)
    for name, column in made.arrays.items():
        assert opened.arrays[name].dtype == column.dtype, name
        np.testing.assert_array_equal(opened.arrays[name], column, err_msg=name)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(0, 30))
def test_any_network_survives_the_round_trip(
    seed: int, n: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = network(seed, n) if n else Snapshot.build(0)
    opened = Snapshot.open(made.save(tmp_path_factory.mktemp("s") / "s"), verify=True)
    assert all(
        np.array_equal(opened.arrays[k], v, equal_nan=v.dtype.kind == "f")
        for k, v in made.arrays.items()
    )


def test_nothing_in_a_snapshot_can_be_changed(saved: Path) -> None:
    for snapshot in (network(3, 50), Snapshot.open(saved)):
        for name, column in snapshot.arrays.items():
            assert not column.flags.writeable, name
        with pytest.raises(ValueError, match="read-only"):
            snapshot.sector[0] = 1
        with pytest.raises(AttributeError):
            snapshot.n = 3  # type: ignore[misc]


def test_the_hash_names_content_and_revision() -> None:
    sector = np.array([1, 2])
    one = Snapshot.build(2, sector=sector, revision="a")
    assert one.hash == Snapshot.build(2, sector=sector.copy(), revision="a").hash
    assert one.hash != Snapshot.build(2, sector=sector, revision="b").hash
    assert one.hash != Snapshot.build(2, sector=sector[::-1], revision="a").hash
    assert one.hash != Snapshot.build(2, chapter=sector, revision="a").hash


def test_every_array_begins_at_a_multiple_of_64_bytes(saved: Path) -> None:
    header = header_of(saved)
    assert header["schema"] == 1
    assert all(entry["offset"] % 64 == 0 for entry in header["arrays"].values())
    assert all(
        set(entry) == {"offset", "dtype", "shape", "checksum"}
        for entry in header["arrays"].values()
    )
    assert saved.stat().st_size % 64 == 0


def test_a_reader_of_the_old_file_is_not_disturbed_by_the_new(saved: Path) -> None:
    old = Snapshot.open(saved)
    before = old.sector.copy()
    network(4, 80).save(saved)
    np.testing.assert_array_equal(old.sector, before)
    assert Snapshot.open(saved).n == 80


def test_a_failed_save_leaves_the_old_file_and_no_rubbish(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("No space left on device")

    before = saved.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        network(4, 80).save(saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


@pytest.mark.parametrize("kept", [0, 5, 20, 47, 400, -64, -1])
def test_a_file_cut_short_is_refused(saved: Path, kept: int) -> None:
    content = saved.read_bytes()
    saved.write_bytes(content[:kept])
    with pytest.raises(SnapshotError, match=r"is truncated|is not a Footbridge snapshot"):
        Snapshot.open(saved)


def test_every_flipped_byte_is_found(saved: Path) -> None:
    content = saved.read_bytes()
    header = header_of(saved)
    start = len(content) - data_size(header)
    covered = [range(48), range(48, 300)]
    for entry in header["arrays"].values():
        size = int(np.prod(entry["shape"])) * np.dtype(entry["dtype"]).itemsize
        covered.append(range(start + entry["offset"], start + entry["offset"] + size, 37))
    flipped = 0
    for position in (place for part in covered for place in part):
        damaged = bytearray(content)
        damaged[position] ^= 0x10
        saved.write_bytes(damaged)
        with pytest.raises(SnapshotError):
            Snapshot.open(saved, verify=True)
        flipped += 1
    assert flipped > 400


def test_another_schema_asks_to_be_built_anew(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footbridge.engine.snapshot.store.SCHEMA", 2)
    with pytest.raises(SnapshotError, match="has schema 1, this version reads 2: build it anew"):
        Snapshot.open(saved)


def test_a_missing_or_foreign_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"nothing cannot be opened: No such file"):
        Snapshot.open(tmp_path / "nothing")
    (tmp_path / "letter").write_text("Dear network, " * 20)
    with pytest.raises(SnapshotError, match="letter is not a Footbridge snapshot"):
        Snapshot.open(tmp_path / "letter")


def test_tags_are_rows_and_posting_lists_of_the_same_entries() -> None:
    snapshot = Snapshot.build(
        3,
        needs=([2, 0, 2, 2], [5, 5, 1, 5], [0.5, 1.0, 0.5, 0.25]),
        causes=([1, 1], [0, 3], [1, 1]),
    )
    assert snapshot.needs.terms_of(2).tolist() == [1, 5]
    assert snapshot.needs.weights_of(2).tolist() == [0.5, 0.5]
    assert snapshot.needs.members_with(5).tolist() == [0, 2]
    assert snapshot.needs.post_weights_with(5).tolist() == [1.0, 0.5]
    assert snapshot.needs.members_with(77).tolist() == []
    assert snapshot.causes.post_weights_with(3).tolist() == pytest.approx([0.5**0.5])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"offers": ([3], [0], [1.0])}, "outside 0..2"),
        ({"offers": ([0], [-1], [1.0])}, "negative term"),
        ({"offers": ([0], [0], [1.5])}, "above 0 and at most at 1"),
        ({"offers": ([0], [0], [0.0])}, "above 0 and at most at 1"),
        ({"offers": ([0, 1], [0], [1.0])}, "equal length"),
        ({"places": ([3], [0.0], [0.0])}, "outside 0..2"),
        ({"places": ([0], [95.0], [0.0])}, "between -90 and 90"),
        ({"places": ([0], [0.0], [float("nan")])}, "between -90 and 90"),
        ({"sector": [1, 2]}, "sector must hold 3 numbers"),
        ({"colour": [1, 2, 3]}, "no column colour"),
        ({"values": [[1, 2]]}, "3 rows of answers"),
        ({"values": np.ones((3, 2)), "value_span": [4, 0]}, "2 numbers above 0"),
        ({"ties": Ties.build(2, [0], [1], [0.5])}, "ties are of 2 members"),
    ],
)
def test_wrong_columns_are_refused_with_a_reason(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Snapshot.build(3, **wrong)


def test_a_cell_encloses_all_its_places() -> None:
    snapshot = network(11, 200)
    places = snapshot.places
    points = 0
    for member in range(snapshot.n):
        cell = int(places.cell[member])
        own = places.of(member)
        if cell == NOWHERE:
            assert len(own) == 0
        if cell > SCATTERED:
            reach = angle_between(own, places.centre[cell].astype(float))
            assert reach.max() <= places.radius[cell]
            points += len(own)
    assert points > 20
    assert (places.cell == SCATTERED).any()


def test_short_distances_are_exact_to_a_metre() -> None:
    snapshot = Snapshot.build(2, places=([0, 1], [53.55, 53.55], [9.99, 9.9915]))
    angle = angle_between(snapshot.places.of(0), snapshot.places.of(1))[0]
    exact = np.radians(0.0015) * np.cos(np.radians(53.55))
    assert abs(angle - exact) * EARTH_KM * 1000 < 1.5


def header_of(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    length = int.from_bytes(content[8:16], "little")
    header: dict[str, Any] = json.loads(content[48 : 48 + length])
    return header


def data_size(header: dict[str, Any]) -> int:
    ends = [
        entry["offset"] + int(np.prod(entry["shape"])) * np.dtype(entry["dtype"]).itemsize
        for entry in header["arrays"].values()
    ]
    return -(-max(ends) // 64) * 64
