"""What ails the database when it refuses: told apart from our own mistakes, by its own codes."""

from __future__ import annotations

import enum
import time

from django.db import DatabaseError, InterfaceError, OperationalError

# How long a refused write is taken to mean that the next one would be refused as well.
READ_ONLY_SECONDS = 60.0

_refused_at = float("-inf")


class Ailment(enum.Enum):
    """Why the database could not do it: it may be tried again in so many seconds."""

    AWAY = 30
    BUSY = 5
    READ_ONLY = 60
    FULL = 120

    @property
    def retry_after(self) -> int:
        return int(self.value)

    @property
    def still_reads(self) -> bool:
        """Whether what is there can be looked at meanwhile."""
        return self in (Ailment.READ_ONLY, Ailment.FULL)


# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE = {
    "25006": Ailment.READ_ONLY,  # read_only_sql_transaction
    "53100": Ailment.FULL,  # disk_full
    "53200": Ailment.AWAY,  # out_of_memory
    "53300": Ailment.AWAY,  # too_many_connections
    "55P03": Ailment.BUSY,  # lock_not_available
    "57014": Ailment.BUSY,  # query_canceled
    "40P01": Ailment.BUSY,  # deadlock_detected
    "40001": Ailment.BUSY,  # serialization_failure
    "57P01": Ailment.AWAY,  # admin_shutdown
    "57P02": Ailment.AWAY,  # crash_shutdown
    "57P03": Ailment.AWAY,  # cannot_connect_now
}
# https://www.sqlite.org/rescode.html; the name of the primary code begins the extended one's.
_BY_NAME = {
    "SQLITE_BUSY": Ailment.BUSY,
    "SQLITE_LOCKED": Ailment.BUSY,
    "SQLITE_READONLY": Ailment.READ_ONLY,
    "SQLITE_FULL": Ailment.FULL,
    "SQLITE_CANTOPEN": Ailment.AWAY,
    "SQLITE_IOERR": Ailment.AWAY,
    "SQLITE_NOMEM": Ailment.AWAY,
    "SQLITE_PROTOCOL": Ailment.BUSY,
}


def ailment_in(error: BaseException | None) -> Ailment | None:
    """What ails the database, as its error says; None for every other error."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    driver = error.__cause__ or error
    by_code = _by_state(driver) or _by_name(driver)
    if by_code is not None:
        return by_code
    return Ailment.AWAY if _is_without_connection(error, driver) else None


def _by_state(driver: BaseException) -> Ailment | None:
    state = getattr(driver, "sqlstate", None) or ""
    return _BY_STATE.get(state) or (Ailment.AWAY if state.startswith("08") else None)


def _by_name(driver: BaseException) -> Ailment | None:
    name = getattr(driver, "sqlite_errorname", None) or ""
    return next((found for word, found in _BY_NAME.items() if name.startswith(word)), None)


def _is_without_connection(error: BaseException, driver: BaseException) -> bool:
    """PostgreSQL gives no code where there is nobody to give it: refused, cut off, pool empty."""
    is_unreached = isinstance(error, OperationalError | InterfaceError)
    speaks_sqlite = type(driver).__module__.startswith("sqlite3")
    return is_unreached and not speaks_sqlite and not getattr(driver, "sqlstate", None)


def note(ailment: Ailment) -> None:
    """Remember that a write was refused, so that pages can say so before something is typed."""
    global _refused_at
    if ailment.still_reads:
        _refused_at = time.monotonic()


def note_written() -> None:
    """A write was taken: whatever ailed the database is over."""
    global _refused_at
    _refused_at = float("-inf")


def refuses_writes() -> bool:
    """Whether a write was refused lately because the disk is full or read-only."""
    return time.monotonic() - _refused_at < READ_ONLY_SECONDS
