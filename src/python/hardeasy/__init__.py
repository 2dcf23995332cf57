"""Reads watch exports (FIT, GPX, TCX), finds what was really run, and hands it out as Arrow tables.

    polars.DataFrame(hardeasy.read("monday.fit"))
    polars.DataFrame(hardeasy.segments("monday.fit"))

The manual is `hardeasy help python`.
"""

from json import loads as _loads
from os import PathLike as _PathLike

from ._native import TABLES, Error, ReadWarning, Table, __version__
from ._native import read as _read
from ._native import review_json as _review_json
from ._native import table as _table

__all__ = [
    "TABLES",
    "Error",
    "ReadWarning",
    "Table",
    "__version__",
    "read",
    "review",
    "segments",
    "sessions",
    "table",
]


def _paths(paths):
    return [paths] if isinstance(paths, (str, bytes, _PathLike)) else list(paths)


def read(path):
    """Returns the records of one file, packed or not, as the device made them: a row a record, nothing judged.

    Columns: activity and lap, counted from 1; time_s since the first record, timestamp; latitude_deg,
    longitude_deg, distance_m, speed_m_s, altitude_m, heart_rate_bpm, cadence_spm, power_w, temperature_c; then
    what else sensors and apps recorded, in order of name.
    """
    return _read(path)


def table(name, paths, *, alone=False, laps="auto"):
    """Returns one of the tables of `hardeasy help tables`, of a file, a folder or several of them.

    One file is judged with the runs beside it unless `alone`; `laps="ignore"` finds efforts without laps.
    """
    return _table(name, _paths(paths), alone=alone, laps=laps)


def segments(paths, *, alone=False, laps="auto"):
    """Returns what was really run: a row a segment, those of a run without gaps. As `table("segments", …)`."""
    return _table("segments", _paths(paths), alone=alone, laps=laps)


def sessions(paths, *, alone=False, laps="auto"):
    """Returns a row an activity, with its kind and why. As `table("sessions", …)`."""
    return _table("sessions", _paths(paths), alone=alone, laps=laps)


def review(paths, *, weeks=None, laps="auto"):
    """Returns the review of the last weeks (12 unless told) as `hardeasy review --format json` writes it."""
    return _loads(_review_json(_paths(paths), weeks=weeks, laps=laps))
