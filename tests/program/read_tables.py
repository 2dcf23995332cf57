"""Reads what `hardeasy export` wrote, as DuckDB, Polars, pyarrow, pandas and, where it is installed, Spark read it.

A folder holds one for each season, with NAME.csv and NAME.parquet of each table, runs.ndjson and the whole
documents, and `recipes` with NAME.sql, NAME.py and NAME.spark of each table and document. Every reader must find the same types in
every season, and the numbers that the documents hold, to the last digit.
"""

import datetime
import json
import os
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet

try:
    import pyspark.sql
except ImportError:
    pyspark = None

PAIRS = [  # a column of sessions, and where its value is in the document
    ("elapsed_s", "elapsed_s"),
    ("moving_s", "moving_s"),
    ("distance_m", "distance_m"),
    ("name", "name"),
    ("kind", "kind"),
    ("load", "load.value"),
    ("power_w", "summary.power_w"),
    ("heart_rate_bpm", "summary.mean_heart_rate_bpm"),
    ("critical_speed_m_s", "references.critical_speed_m_s.value"),
    ("perceived_exertion", "perceived_exertion"),
]
SEGMENT_KEYS = ["kind", "start_s", "end_s", "moving_s", "distance_m", "speed_m_s", "heart_rate_bpm", "power_w"]


def found(document, place):
    for key in place.split("."):
        document = document.get(key) if document is not None else None
    return document


def in_duckdb(query):
    relation = duckdb.sql(query)
    names = relation.columns
    rows = [dict(zip(names, row)) for row in relation.fetchall()]
    return dict(zip(names, map(str, relation.types))), rows


def in_polars(frame):
    return {name: str(kind) for name, kind in frame.schema.items()}, frame.to_dicts()


def by_recipe_of_polars(name):
    with open(f"../recipes/{name}.py", encoding="utf-8") as recipe:
        names = {}
        exec(recipe.read(), names)
    return in_polars(names[name])


def by_recipe_of_duckdb(name):
    with open(f"../recipes/{name}.sql", encoding="utf-8") as recipe:
        return in_duckdb(recipe.read())


def in_pyarrow(name):
    table = pyarrow.parquet.read_table(f"{name}.parquet")
    return {field.name: str(field.type) for field in table.schema}, table.to_pylist()


def in_pandas(name):
    frame = pandas.read_parquet(f"{name}.parquet", dtype_backend="pyarrow")
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {name: str(kind) for name, kind in frame.dtypes.items()}, rows


def start_spark():
    """A session of one computer; Python and Java take times without a zone for those of the zone that they are told."""
    os.environ["TZ"] = "UTC"
    builder = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.sql.session.timeZone", "UTC")
    # As many parts as a small table needs.
    return builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()


def in_spark(frame):
    utc = datetime.timezone.utc
    with_zone = lambda value: value.replace(tzinfo=utc) if isinstance(value, datetime.datetime) else value
    rows = [{key: with_zone(value) for key, value in row.asDict().items()} for row in frame.collect()]
    return {field.name: field.dataType.simpleString() for field in frame.schema}, rows


def by_recipe_of_spark(name):
    with open(f"../recipes/{name}.spark", encoding="utf-8") as recipe:
        # Spark takes paths from where it was started.
        names = {"spark": FromHere()}
        exec(recipe.read(), names)
    return in_spark(names[name])


class FromHere:
    """A session that takes paths from the present folder."""

    @property
    def read(self):
        return self

    def csv(self, path, **more):
        return SPARK.read.csv(os.path.abspath(path), **more)

    def json(self, path, **more):
        return SPARK.read.json(os.path.abspath(path), **more)


def readers(name):
    yield "duckdb csv", lambda: by_recipe_of_duckdb(name)
    yield "polars csv", lambda: by_recipe_of_polars(name)
    if os.path.exists(f"{name}.parquet"):
        yield "duckdb parquet", lambda: in_duckdb(f"SELECT * FROM '{name}.parquet'")
        yield "polars parquet", lambda: in_polars(polars.read_parquet(f"{name}.parquet"))
        yield "pyarrow parquet", lambda: in_pyarrow(name)
        yield "pandas parquet", lambda: in_pandas(name)
    if SPARK:
        yield "spark csv", lambda: by_recipe_of_spark(name)
        if os.path.exists(f"{name}.parquet"):
            yield "spark parquet", lambda: in_spark(SPARK.read.parquet(os.path.abspath(f"{name}.parquet")))


def as_text(value):
    """A value as all readers write it; texts of CSV may have an apostrophe before them."""
    if value is None:
        return None
    if hasattr(value, "isoformat"):
        if getattr(value, "tzinfo", None) is not None:
            return str(value.timestamp())
        return value.isoformat()[:10]
    return value.removeprefix("'") if isinstance(value, str) else repr(value)


def check_sessions(rows, documents, what):
    assert len(rows) == len(documents), what
    for row, document in zip(rows, documents):
        for column, place in PAIRS:
            assert row[column] == found(document, place), (what, column, row[column], found(document, place))


def check_segments(rows, documents, what):
    segments = [segment for document in documents for segment in document["segments"]]
    assert len(rows) == len(segments), what
    for row, segment in zip(rows, segments):
        for key in SEGMENT_KEYS:
            assert row[key] == segment[key], (what, key, row[key], segment[key])


def check_documents(documents):
    found = [("duckdb", by_recipe_of_duckdb("session")), ("polars", by_recipe_of_polars("session"))]
    if SPARK:
        found.append(("spark", by_recipe_of_spark("session")))
    for reader, (_, rows) in found:
        for row, document in zip(rows, documents, strict=True):
            for key in ("elapsed_s", "distance_m", "name", "kind", "perceived_exertion"):
                assert row[key] == document[key], (reader, key, row[key], document[key])


def check_whole_documents():
    for name in ("review", "athlete", "export"):
        for read in (by_recipe_of_duckdb, by_recipe_of_polars, *([by_recipe_of_spark] if SPARK else [])):
            _, rows = read(name)
            assert len(rows) == 1 and rows[0]["schema"] == f"hardeasy.{name}/1", (name, read, rows)


def main(folder):
    print("duckdb", duckdb.__version__, "polars", polars.__version__, "pyarrow", pyarrow.__version__, "pandas", pandas.__version__)
    print("spark", SPARK.version if SPARK else "not installed: skipped")
    os.chdir(folder)
    documents = {"session", "review", "athlete", "export"}
    names = {os.path.splitext(name)[0] for name in os.listdir("recipes")}
    tables = sorted(names - documents)
    types, cells, documents_read = {}, 0, 0
    for season in sorted(name for name in os.listdir(".") if name != "recipes"):
        os.chdir(os.path.join(folder, season))
        with open("runs.ndjson", encoding="utf-8") as lines:
            documents = [json.loads(line) for line in lines]
        check_documents(documents)
        check_whole_documents()
        documents_read += len(documents)
        for table in tables:
            first = None
            for reader, read in readers(table):
                kinds, rows = read()
                what = f"{season} {table} {reader}"
                assert types.setdefault((table, reader), kinds) == kinds, what
                if table == "sessions":
                    check_sessions(rows, documents, what)
                if table == "segments":
                    check_segments(rows, documents, what)
                same = [[as_text(value) for value in row.values()] for row in rows]
                first = first or same
                for place, (one, other) in enumerate(zip(first, same, strict=True)):
                    assert one == other, (what, place, [pair for pair in zip(kinds, one, other) if pair[1] != pair[2]])
                cells += sum(map(len, same))
    for table, reader in types:
        of_csv = types[table, reader.replace("parquet", "csv")] if not reader.startswith(("pyarrow", "pandas")) else None
        assert of_csv in (None, types[table, reader]), (table, reader, of_csv)
    print(f"{len(tables)} tables, {len(types)} readings of each season, {documents_read} documents, {cells} cells: all alike")


SPARK = start_spark() if pyspark else None
main(os.path.abspath(sys.argv[1]))
