"""Reads and judges the exports of many athletes with hardeasy, on Apache Spark: a job to copy.

    spark-submit hardeasy_spark.py EXPORTS OUT [--athletes] [--program PATH]

EXPORTS is a folder or a prefix of an object store; with --athletes each direct sub-folder is an athlete. OUT gets two
tables of Parquet. `read` has a row for every run, with its document, and one for every file that gave none, or only
a part, with the reason. `folded` has for every athlete a row for every run, with the document judged with all earlier
runs, and one with the review. What they hold is equal, byte for byte, to what `hardeasy export EXPORTS --format ndjson`
and `hardeasy review EXPORTS --format json` print.

`hardeasy help spark` tells the rest.
"""

import argparse
import json
import os
import subprocess
import tempfile
import threading

import pyarrow
from pyspark.sql import SparkSession, functions

# The largest file that is read, in bytes: as hardeasy itself has it for one recording. Larger ones are told, not read.
MOST_BYTES = 256 << 20
# So long may one file take, in seconds, before the program is ended and the file has failed: a thousand times as long as
# a long run takes.
MOST_SECONDS = 300
# So many rows are handed on at once: a document has some 25 KB.
ROWS = 500
# What a user says of their runs: read beside them, never as a recording.
SETTINGS, CORRECTIONS, MORNINGS = "hardeasy.toml", "hardeasy.corrections.toml", "wellness.csv"

READ = "athlete string, path string, member string, sha256 string, start_time string, status string, reason string, document string"
FOLDED = "athlete string, kind string, number int, text string"


class Program:
    """One hardeasy that answers file after file. It is started again when a file has ended it."""

    def __init__(self, program, arguments):
        self.command = [program, "export", "--each", "--files-from", "-", "--format", "json", "--jobs", "1", *arguments]
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def ask(self, file, path, athlete):
        """Returns the answer on one file, a line of JSON, or raises ProgramEnded."""
        if not self.process:
            # Its standard error stays that of the worker: nothing is written there of single files.
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = json.dumps({"file": file, "path": path, "athlete": athlete}) + "\n"
        clock = threading.Timer(MOST_SECONDS, self.process.kill)
        clock.start()
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            clock.cancel()
        if answer.endswith(b"\n"):
            return answer.decode()
        code = self.process.wait()
        self.process = None
        raise ProgramEnded(f"hardeasy ended with {code} at this file; the other files are not affected")


class ProgramEnded(Exception):
    """The program ended before it had answered."""


def relative(path, root):
    """The path of a file below the folder of all exports, as hardeasy tells it."""
    return path[path.index(root) + len(root) :]


def root_of(folder):
    """What stands before every path below a folder, whatever scheme it is told with."""
    scheme, _, place = folder.rpartition("://")
    if not scheme:
        place = os.path.abspath(folder.removeprefix("file:"))
    return "/" + place.strip("/") + "/"


def athlete_of(path, athletes):
    return path.split("/")[0] if athletes and "/" in path else None


def row(athlete, path, status, reason=None, member=None, document=None, text=None):
    source = document["source"] if document else {}
    return {
        "athlete": athlete,
        "path": path,
        "member": source.get("member", member),
        "sha256": source.get("sha256"),
        "start_time": document["start_time"] if document else None,
        "status": status,
        "reason": reason,
        "document": text,
    }


def rows_of(answer, athlete, path):
    """A row for each run of an answer, with its document as it is written there, and one for what failed, is partial
    or was skipped. Athlete and path are those that the files have: hardeasy masks addresses in names."""
    decoder, mark = json.JSONDecoder(), '"sessions":['
    # Within a text a quotation mark has a backslash before it, so that this is the key.
    place = answer.index(mark) + len(mark)
    while answer[place] != "]":
        document, end = decoder.raw_decode(answer, place)
        text = answer[place:end]
        yield row(athlete, path, "ok", document=document, text=text)
        place = end + 1 if answer[end] == "," else end
    rest = json.loads("{" + answer[place + len("],") :])
    for line in rest["failures"] + rest["skipped"]:
        yield row(athlete, path, line["status"], line["reason"], line["member"])


def put(folder, path, content):
    place = os.path.join(folder, path)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as file:
        file.write(content)


class Said:
    """What users say of their runs: the content of the three files of settings, by path."""

    def __init__(self, by_path):
        self.by_path = by_path

    def beside(self, path, athlete):
        """What takes part in reading one file: its athlete's settings, and the corrections beside it."""
        folders = [athlete, ""] if athlete else [""]
        settings = [os.path.join(folder, SETTINGS) for folder in folders]
        settings = [name for name in settings if name in self.by_path][:1]
        corrections = os.path.join(os.path.dirname(path), CORRECTIONS)
        found = {SETTINGS: name for name in settings}
        if corrections in self.by_path:
            found[CORRECTIONS] = corrections
        return found

    def of(self, athlete):
        """What takes part in judging an athlete, each with where it is to lie: as in the folder of all exports."""
        found = self.beside(os.path.join("", CORRECTIONS), athlete)
        own = f"{athlete}/" if athlete else ""
        for path in self.by_path:
            if path.startswith(own) and os.path.basename(path) == CORRECTIONS and (athlete or "/" in path):
                # Deeper than those of all athletes, which they beat.
                found[os.path.join("own", path)] = path
        if own + MORNINGS in self.by_path:
            found[MORNINGS] = own + MORNINGS
        return found

    def write(self, found, folder):
        for place, path in found.items():
            put(folder, place, self.by_path[path])


def reading(program, root, athletes, said, arguments=()):
    """Returns what reads a partition of files: batches of path, length and content become rows of `READ`."""

    def read(batches):
        with Program(program, arguments) as hardeasy, tempfile.TemporaryDirectory() as folder:
            beside = {}
            for batch in batches:
                rows = []
                for path, length, content in zip(*(batch.column(name) for name in ("path", "length", "content"))):
                    path, length = relative(path.as_py(), root), length.as_py()
                    rows.extend(read_one(hardeasy, path, length, content, folder, beside))
                yield as_batch(rows)

    def read_one(hardeasy, path, length, content, folder, beside):
        athlete = athlete_of(path, athletes)
        if os.path.basename(path) in (SETTINGS, CORRECTIONS, MORNINGS):
            return [row(athlete, path, "skipped", "settings of hardeasy")]
        if not content.is_valid:
            return [row(athlete, path, "failed", f"too large: {length} bytes, at most {MOST_BYTES} are read")]
        found = said.beside(path, athlete)
        key = tuple(sorted(found.items()))
        if key not in beside:
            beside[key] = os.path.join(folder, str(len(beside)))
            os.mkdir(beside[key])
            said.write(found, beside[key])
        # No path is made of the name of a file: names come from strangers.
        place = os.path.join(beside[key], "recording")
        with open(place, "wb") as file:
            file.write(content.as_buffer())
        try:
            return list(rows_of(hardeasy.ask(place, path, athlete), athlete, path))
        except ProgramEnded as ended:
            return [row(athlete, path, "failed", str(ended))]

    return read


READ_ARROW = pyarrow.schema([(column.split()[0], pyarrow.string()) for column in READ.split(", ")])
FOLDED_ARROW = pyarrow.schema(
    [("athlete", pyarrow.string()), ("kind", pyarrow.string()), ("number", pyarrow.int32()), ("text", pyarrow.string())]
)


def as_batch(rows, schema=READ_ARROW):
    return pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def folding(program, said, arguments=()):
    """Returns what folds a partition of documents, athlete by athlete: batches of athlete and document, sorted by
    athlete, become rows of `FOLDED`. The documents of one athlete go to a file, however many there are."""

    def fold(batches):
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "documents.ndjson")
            athlete, file = None, None
            for batch in batches:
                for own, document in zip(batch.column("athlete").to_pylist(), batch.column("document").to_pylist()):
                    if file and own != athlete:
                        file.close()
                        yield from folded(athlete, folder)
                        file = None
                    if not file:
                        athlete, file = own, open(place, "w", encoding="utf-8")
                    file.write(document + "\n")
            if file:
                file.close()
                yield from folded(athlete, folder)

    def folded(athlete, documents):
        with tempfile.TemporaryDirectory() as folder:
            said.write(said.of(athlete), folder)
            os.replace(os.path.join(documents, "documents.ndjson"), os.path.join(folder, "documents.ndjson"))
            rows = []
            for kind, command in (
                ("session", [program, "export", folder, "--no-cache", "--format", "ndjson"]),
                ("review", [program, "review", folder, "--no-cache", "--format", "json"]),
            ):
                for number, (found, text) in enumerate(texts(kind, command)):
                    rows.append({"athlete": athlete, "kind": found, "number": number, "text": text})
                    if len(rows) == ROWS:
                        yield as_batch(rows, FOLDED_ARROW)
                        rows = []
            yield as_batch(rows, FOLDED_ARROW)

    def texts(kind, command):
        """What a command writes: its lines, or a review as a whole, or why there is nothing."""
        with tempfile.TemporaryFile() as told:
            command = [*command, "--quiet", "--jobs", "1", *arguments]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told) as process:
                if kind == "review":
                    text = process.stdout.read().decode()
                    yield from [(kind, text)] if text else []
                else:
                    yield from ((kind, line.decode().removesuffix("\n")) for line in process.stdout)
            # 1: something of it failed, which is told where it was read. 2: settings that cannot be understood, say.
            if process.returncode not in (0, 1):
                told.seek(0)
                yield "failed", told.read().decode(errors="replace")

    return fold


def session(name="hardeasy", **more):
    """A session with what the job needs; a cluster has its own ways to set the same."""
    builder = SparkSession.builder.appName(name)
    options = {
        # So many files per task that starting one does not count: a file counts as its bytes and these.
        "spark.sql.files.openCostInBytes": str(64 << 10),
        "spark.sql.files.maxPartitionBytes": str(64 << 20),
        # Hadoop keeps checksums beside local files, and fails the job at a file with a colon in its name.
        "spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.RawLocalFileSystem",
        "spark.sql.session.timeZone": "UTC",
    }
    for key, value in {**options, **more}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def files(spark, exports):
    """All files with their content; of those that are too large without."""
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(exports)
    small = found.filter(functions.col("length") <= MOST_BYTES).select("path", "length", "content")
    large = found.filter(functions.col("length") > MOST_BYTES).select("path", "length")
    # A column of content that is asked for is read before it is looked at: that of large files is never asked for.
    return small.unionByName(large, allowMissingColumns=True)


def settings(spark, exports):
    """What users say, on the driver: a few KB for each athlete who says anything."""
    names = f"{{{SETTINGS},{CORRECTIONS},{MORNINGS}}}"
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").option("pathGlobFilter", names)
    root = root_of(exports)
    return Said({relative(line.path, root): bytes(line.content) for line in found.load(exports).collect()})


def read_exports(spark, exports, out, athletes, program, work=None):
    """Stage one: every file by itself, wherever it lies."""
    work = work or reading(program, root_of(exports), athletes, settings(spark, exports))
    files(spark, exports).mapInArrow(work, READ).write.mode("overwrite").parquet(out + "/read")


def fold_athletes(spark, exports, out, program, partitions=None):
    """Stage two: the documents of each athlete in order of time, and their review."""
    read = spark.read.parquet(out + "/read").filter("document IS NOT NULL")
    of_athlete = read.repartition(partitions, "athlete") if partitions else read.repartition("athlete")
    sorted_ = of_athlete.sortWithinPartitions("athlete", "start_time", "path", "member").select("athlete", "document")
    folded = sorted_.mapInArrow(folding(program, settings(spark, exports)), FOLDED)
    folded.write.mode("overwrite").partitionBy("kind").parquet(out + "/folded")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exports", metavar="EXPORTS")
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("--athletes", action="store_true", help="each direct sub-folder is an athlete")
    parser.add_argument("--program", default="hardeasy", help="the program, where every executor has it")
    asked = parser.parse_args()
    spark = session()
    read_exports(spark, asked.exports, asked.out, asked.athletes, asked.program)
    fold_athletes(spark, asked.exports, asked.out, asked.program)
    spark.stop()


if __name__ == "__main__":
    main()
