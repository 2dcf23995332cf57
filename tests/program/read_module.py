"""Compares what the module of the wheel tells with what its program tells, to the last digit.

Arguments: the program, the folder of fixtures.
"""

import csv
import io
import json
import os
import subprocess
import sys
import threading
import time
import warnings

import duckdb
import fitdecode
import hardeasy
import pandas
import polars
import pyarrow

RUNS = ["kilometres.fit", "tempo.gpx", "400s.fit.gz"]
KEYS = ["kind", "start_s", "end_s", "moving_s", "distance_m", "speed_m_s", "heart_rate_bpm", "power_w"]
RECORDED = [  # a column, and the fields of FIT that hold it, with steps in a stride
    ("heart_rate_bpm", ["heart_rate"], 1),
    ("distance_m", ["distance"], 1),
    ("altitude_m", ["enhanced_altitude", "altitude"], 1),
    ("cadence_spm", ["cadence"], 2),
]


def program(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def rows(table):
    return pyarrow.table(table).to_pylist()


def as_cell(value):
    """A value as CSV writes it, but floats as numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def same(cell, value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return cell != "" and float(cell) == value
    return cell.removeprefix("'") == value


def check_tables(paths):
    cells = 0
    for name in hardeasy.TABLES:
        expected = list(csv.DictReader(io.StringIO(program("export", *paths, "--format", "csv", "--table", name))))
        found = rows(hardeasy.table(name, paths))
        assert len(found) == len(expected), (name, len(found), len(expected))
        for line, row in zip(expected, found):
            assert list(line) == list(row), name
            for column, cell in line.items():
                value = row[column]
                if hasattr(value, "timestamp"):
                    moment = pandas.Timestamp(cell).timestamp()
                    assert abs(moment - value.timestamp()) < 1e-3, (name, column, cell, value)
                else:
                    assert same(cell, as_cell(value)), (name, column, cell, value)
                cells += 1
    print(f"{len(hardeasy.TABLES)} tables, {cells} cells as in CSV")


def check_documents(paths):
    documents = [json.loads(line) for line in program("export", *paths, "--format", "ndjson").splitlines()]
    expected = [segment for document in documents for segment in document["segments"]]
    found = rows(hardeasy.segments(paths))
    assert len(found) == len(expected) > 20
    for row, segment in zip(found, expected):
        for key in KEYS:
            assert row[key] == segment[key], (key, row[key], segment[key])
    kinds = [row["kind"] for row in rows(hardeasy.sessions(paths))]
    assert kinds == [document["kind"] for document in documents]
    assert hardeasy.review(paths) == json.loads(program("review", *paths, "--format", "json"))
    assert hardeasy.review(paths, weeks=2) == json.loads(program("review", *paths, "--format", "json", "--weeks", "2"))
    print(f"{len(found)} segments of {len(documents)} runs as in the documents, reviews too")


def check_alone(path):
    """One file is judged with those beside it, as by the program, unless it is to be alone."""
    for alone, arguments in ((False, []), (True, ["--alone"])):
        document = json.loads(program("export", path, "--format", "ndjson", *arguments))
        (row,) = rows(hardeasy.sessions(path, alone=alone))
        assert row["easy_speed_m_s"] == document["references"]["easy_speed_m_s"]["value"]
    ignored = json.loads(program("export", path, "--alone", "--format", "ndjson", "--laps", "ignore"))
    assert len(hardeasy.segments(path, alone=True, laps="ignore")) == len(ignored["segments"])


def check_records(path):
    """Every record is there, with the values that another decoder finds."""
    frames = [frame for frame in fitdecode.FitReader(path) if frame.frame_type == fitdecode.FIT_FRAME_DATA]
    records = [frame for frame in frames if frame.name == "record"]
    found = rows(hardeasy.read(path))
    assert len(found) == len(records)
    compared = 0
    for row, record in zip(found, records):
        assert row["timestamp"] == record.get_value("timestamp")
        for column, fields, times in RECORDED:
            field = next((field for field in fields if record.has_field(field)), None)
            value = record.get_value(field) if field else None
            if value is not None and column == "cadence_spm":
                value += record.get_value("fractional_cadence", fallback=None) or 0
            if value is not None and row[column] is not None:
                assert abs(row[column] - times * value) < 1e-9, (column, row[column], value)
                compared += 1
    assert compared > 3 * len(found), compared
    laps = sum(frame.name == "lap" for frame in frames)
    assert len({row["lap"] for row in found}) == laps
    print(f"{len(found)} records of {os.path.basename(path)} as fitdecode reads them")


def check_libraries(path):
    """Whatever takes Arrow takes a table, and as often as one likes."""
    found = hardeasy.segments(path)
    expected = rows(found)
    assert polars.DataFrame(found).to_dicts() == expected
    assert pyarrow.table(found).to_pylist() == expected
    assert len(duckdb.sql("SELECT * FROM found").fetchall()) == len(expected)
    if hasattr(pandas.DataFrame, "from_arrow"):
        assert list(pandas.DataFrame.from_arrow(found)["kind"]) == [row["kind"] for row in expected]
    assert found.column_names == list(expected[0]) and len(found) == len(expected)
    schema = pyarrow.schema(found)
    assert schema.field("distance_m").metadata[b"unit"] == b"m"
    print("polars", polars.__version__, "pandas", pandas.__version__, "pyarrow", pyarrow.__version__, "duckdb", duckdb.__version__)


def refused(kind, call, *texts):
    try:
        call()
    except kind as error:
        for text in texts:
            assert text in str(error), (text, str(error))
        assert "\n" not in str(error), str(error)
        return
    raise AssertionError(f"{texts} was not refused")


def check_errors(broken):
    def at(name):
        return os.path.join(broken, name)

    for name, text in (("web-page.gpx", "a web page"), ("empty.fit", "an empty file"), ("nowhere.fit", "")):
        refused(hardeasy.Error, lambda: hardeasy.read(at(name)), name, text)
        refused(hardeasy.Error, lambda: hardeasy.segments(at(name)), name, text)
    refused(hardeasy.Error, lambda: hardeasy.read(at("settings.fit")), "settings.fit", "not a recorded activity")
    refused(ValueError, lambda: hardeasy.table("segment", broken), "segments", '"segment"')
    refused(ValueError, lambda: hardeasy.segments(broken, laps="no"), "ignore")
    refused(TypeError, lambda: hardeasy.read(7))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        table = hardeasy.read(at("truncated.fit"))
        assert len(table) > 0
        assert len(told) == 1 and told[0].category is hardeasy.ReadWarning, told
        assert "truncated.fit" in str(told[0].message)
        assert told[0].filename == __file__, told[0].filename
        assert any("W-fit-truncated" in text for text in table.warnings), table.warnings
        statuses = [row["status"] for row in rows(hardeasy.table("account", broken))]
    assert {"failed", "partial", "skipped"} <= set(statuses), statuses
    assert rows(table.account)[0]["status"] == "partial"
    print(f"errors and warnings are told; {len(statuses)} broken inputs are in the account")


def check_threads(path):
    """Python goes on while a file is read."""
    beats, stop = [], threading.Event()

    def beat():
        while not stop.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.001)

    other = threading.Thread(target=beat)
    other.start()
    begun = time.perf_counter()
    while time.perf_counter() < begun + 0.5:
        hardeasy.segments(path, alone=True)
    ended = time.perf_counter()
    stop.set()
    other.join()
    beats = [at for at in beats if begun < at < ended]
    longest = max(later - earlier for earlier, later in zip(beats, beats[1:]))
    print(f"another thread ran {len(beats)} times meanwhile, its longest wait {1000 * longest:.0f} ms")


def check_types():
    """The stubs are what the module has."""
    done = subprocess.run([sys.executable, "-m", "mypy.stubtest", "hardeasy", "--ignore-missing-stub"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    print(done.stdout.strip())


PROGRAM, FIXTURES = sys.argv[1:]
runs = [os.path.join(FIXTURES, "runs", name) for name in RUNS]
assert program("--version").split()[1] == hardeasy.__version__
check_tables(runs)
check_tables([os.path.join(FIXTURES, "season")])
check_documents(runs)
check_alone(runs[0])
check_records(runs[0])
check_libraries(runs[0])
check_errors(os.path.join(FIXTURES, "broken"))
check_threads(runs[0])
check_types()
