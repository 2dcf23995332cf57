"""Holds the job against the command line, in Spark's local mode, and measures both.

    python check.py PROGRAM FIXTURES [SEASON]

FIXTURES are those of the project, SEASON a folder of one athlete's real exports, skipped aloud where there is none. Needs
Java and the packages of `requirements.txt`. Timings are printed and never fail.
"""

import datetime
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
# What Spark's workers are started with, and find the job by.
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["PYTHONPATH"] = os.pathsep.join([FOLDER, os.environ.get("PYTHONPATH", "")])
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
sys.dont_write_bytecode = True

import pyarrow

import hardeasy_spark as job

CORES = 2
# So many runs has the athlete of many years.
LONG = (200, 2000, 10_000)
# A task is tried so often.
ATTEMPTS = 4


def cli(program, *arguments):
    """What the program prints, and the seconds of one core that it takes."""
    command = [program, *arguments, "--quiet", "--no-cache", "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with process.stdout as out:
        text = out.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), arguments
    return text, usage.ru_utime + usage.ru_stime


def folded_of(spark, out):
    """The sessions of all athletes as `export` prints them, and the reviews of each."""
    rows = spark.read.parquet(out + "/folded").collect()
    assert not [row for row in rows if row.kind == "failed"], rows
    rows.sort(key=lambda row: (row.athlete or "", row.number))
    sessions = "".join(row.text + "\n" for row in rows if row.kind == "session")
    return sessions, [row.text for row in rows if row.kind == "review"]


def together(reviews):
    """The reviews of several athletes in one document, as `review --athletes` prints them."""
    before, after = '{\n  "reviews": [\n', '\n  ],\n  "schema": "hardeasy.reviews/1"\n}\n'
    assert all(review.startswith(before) and review.endswith(after) for review in reviews)
    inner = [review.removeprefix(before).removesuffix(after) for review in reviews]
    return before + ",\n".join(inner) + after


def account_of(lines, left_out):
    """What failed, is partial or was skipped: path, member, status and reason."""
    told = [(line["path"], line["member"], line["status"], line["reason"]) for line in lines]
    return sorted((line for line in told if line[:2] not in left_out), key=repr)


def first_difference(one, other):
    for number, (a, b) in enumerate(zip(one.split("\n"), other.split("\n"))):
        if a != b:
            place = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            return f"line {number}: …{a[max(0, place - 80):place + 80]}… and …{b[max(0, place - 80):place + 80]}…"
    return "one is longer"


def check_same(what, spark, line):
    assert spark == line, f"{what} differ: {first_difference(spark, line)}"
    print(f"  {what}: equal, {len(line)} bytes")


def copies(root, season, times):
    """A club of so many athletes who ran the same season."""
    for number in range(times):
        shutil.copytree(season, os.path.join(root, f"athlete-{number:03}"))
    return root


def size(folder):
    files = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    return len(files), sum(map(os.path.getsize, files))


STAND_IN = """#!{python}
import json, os, sys, time
for line in sys.stdin:
    path = json.loads(line)["path"]
    if path == "ends.fit":
        os._exit(3)
    if path == "hangs.fit":
        time.sleep(60)
    line = {{"path": path, "member": None, "status": "skipped", "reason": str(os.getpid())}}
    answer = {{"sessions": [], "failures": [], "skipped": [line]}}
    print(json.dumps(answer, separators=(",", ":")), flush=True)
"""


def check_ends():
    """A file that ends the program, or takes too long, fails alone: here with a program that stands in for it."""
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program")
        with open(program, "w", encoding="utf-8") as file:
            file.write(STAND_IN.format(python=sys.executable))
        os.chmod(program, 0o700)
        names = ["a.fit", "ends.fit", "b.fit", "hangs.fit", "c.fit", "d.fit"]
        given = [{"path": "file:/runs/" + name, "length": 1, "content": b"x"} for name in names]
        batch = pyarrow.RecordBatch.from_pylist(given)
        most, job.MOST_SECONDS = job.MOST_SECONDS, 15
        read = job.reading(program, "/runs/", False, job.Said({}))
        rows = [row for batch in read([batch]) for row in batch.to_pylist()]
        job.MOST_SECONDS = most
    assert [row["path"] for row in rows] == names
    assert [row["status"] for row in rows] == ["skipped", "failed", "skipped", "failed", "skipped", "skipped"], rows
    assert "ended with 3" in rows[1]["reason"] and f"ended with {-signal.SIGKILL}" in rows[3]["reason"], rows
    programs = [row["reason"] for row in rows if row["status"] == "skipped"]
    assert len(set(programs)) == 3 and programs[2] == programs[3], programs
    print("a program that ends or hangs at a file is started again, and the others are read")


def check_season(spark, program, season):
    """One athlete, as an account of one: the folder itself."""
    print(f"one athlete, {size(season)[0]} files")
    with tempfile.TemporaryDirectory() as out:
        job.read_exports(spark, season, out, False, program)
        job.fold_athletes(spark, season, out, program)
        sessions, reviews = folded_of(spark, out)
        check_same("sessions", sessions, cli(program, "export", season, "--format", "ndjson")[0])
        check_same("review", reviews[0], cli(program, "review", season, "--format", "json")[0])
        # Each document of the first stage is what `export --alone` gives of its file, but for the path.
        stored = {row.path: row.document for row in spark.read.parquet(out + "/read").collect() if row.document}
        path = sorted(stored)[len(stored) // 2]
        alone = cli(program, "export", os.path.join(season, path), "--alone", "--format", "ndjson")[0]
        name = json.dumps(os.path.basename(path))
        check_same("a document of stage one", stored[path] + "\n", alone.replace(f'"path":{name}', f'"path":{json.dumps(path)}', 1))


def make_club(root, fixtures):
    """Two athletes, one with settings and a correction, and files that are broken, huge or oddly named."""
    ann, bob = os.path.join(root, "ann"), os.path.join(root, "bob")
    shutil.copytree(os.path.join(fixtures, "season"), ann)
    shutil.copytree(os.path.join(fixtures, "runs"), bob)
    shutil.copytree(os.path.join(fixtures, "broken"), os.path.join(bob, "broken"))
    names = ["100%25.fit", "new\nline.fit", "quo\"te's.fit", "2026-05-01T07:00:00.fit", "#1 ?x=1.fit", "{a,b}[1]*.fit", "läufe.fit"]
    for name in names:
        # The same run again and again: counted once.
        shutil.copy(os.path.join(bob, "kilometres.fit"), os.path.join(bob, name))
    with open(os.path.join(bob, "kilometres.fit"), "rb") as file:
        content = file.read()
    for name, cut in (("cut.fit", content[: len(content) // 2]), ("zeros.fit", bytes(20 << 20))):
        with open(os.path.join(bob, name), "wb") as file:
            file.write(cut)
    # Nothing but its size: no disk holds it, and nobody reads it.
    with open(os.path.join(bob, "huge.fit"), "wb") as file:
        file.truncate(job.MOST_BYTES + 1)
    put = lambda path, text: job.put(root, path, text.encode())
    put("ann/hardeasy.toml", 'timezone = "Pacific/Auckland"\nweek_starts = "sunday"\n')
    put("hardeasy.toml", 'timezone = "America/New_York"\n')
    put("ann/wellness.csv", "date,resting_hr_bpm\n2026-05-01,44\n2026-05-02,45\n")


def correct(program, root):
    """Corrections beside a run, as users make them."""
    path = os.path.join(root, "ann/2026-04/2026-04-11.fit.gz")
    cli(program, "correct", path, "--rpe", "9", "--note", "windy")
    cli(program, "correct", os.path.join(root, "bob/tempo.gpx"), "--kind", "race", "--distance", "10km")


def killing(read, marks, partition):
    """Reads like `read`, but at the first attempt of each partition the worker is killed after its first batch."""

    def work(batches):
        for batch in read(batches):
            yield batch
            mark = os.path.join(marks, str(partition()))
            if not os.path.exists(mark):
                open(mark, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)

    return work


def partition_id():
    from pyspark import TaskContext

    return TaskContext.get().partitionId()


def check_club(spark, program, fixtures):
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as marks:
        make_club(root, fixtures)
        correct(program, root)
        print(f"two athletes, {size(root)[0]} files, each worker killed once")
        said = job.settings(spark, root)
        read = job.reading(program, job.root_of(root), True, said)
        job.read_exports(spark, root, out, True, program, killing(read, marks, partition_id))
        killed = len(os.listdir(marks))
        assert killed > 0, "no worker was killed"
        job.fold_athletes(spark, root, out, program, partitions=3)
        rows = spark.read.parquet(out + "/read").collect()
        keys = [(row.path, row.member, row.sha256, row.status) for row in rows]
        assert len(set(keys)) == len(keys), "doubles"
        print(f"  {killed} workers killed, {len(rows)} rows, none twice")

        huge = [row for row in rows if row.path == "bob/huge.fit"]
        assert len(huge) == 1 and huge[0].status == "failed" and huge[0].reason.startswith("too large"), huge
        whole = json.loads(cli(program, "export", root, "--athletes", "--format", "json")[0])
        lines = whole["failures"] + whole["skipped"]
        # Who is the same as whom is told once all runs of an athlete are seen.
        twins = {(line["path"], line["member"]) for line in lines if (line["reason"] or "").startswith("the same activity as")}
        left_out = twins | {("bob/huge.fit", None)}
        ours = account_of([row.asDict() for row in rows if row.status != "ok"], left_out)
        theirs = account_of(lines, left_out)
        # Spark neither lists empty files nor those whose names begin with a point or an underscore.
        unseen = [line for line in theirs if os.path.basename(line[0])[:1] in "._" or is_empty(os.path.join(root, line[0]))]
        theirs = [line for line in theirs if line not in unseen]
        assert ours == theirs, [line for line in ours + theirs if (line in ours) != (line in theirs)]
        print(f"  account: equal, {len(ours)} files failed, are partial or no activity; {len(unseen)} that Spark does not list")

        sessions, reviews = folded_of(spark, out)
        check_same("sessions", sessions, cli(program, "export", root, "--athletes", "--format", "ndjson")[0])
        check_same("reviews", together(reviews), cli(program, "review", root, "--athletes", "--format", "json")[0])


def is_empty(path):
    return os.path.isfile(path) and os.path.getsize(path) == 0


def shuffled(events):
    """The bytes that all tasks of a session wrote for other tasks by now."""
    nbytes = 0
    for place, _, names in os.walk(events):
        for name in names:
            with open(os.path.join(place, name), encoding="utf-8") as lines:
                for line in lines:
                    event = json.loads(line) if line.startswith('{"Event":"SparkListenerTaskEnd"') else {}
                    metrics = event.get("Task Metrics") or {}
                    nbytes += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
    return nbytes


def run_alone(command):
    """The seconds of one core and the greatest memory, in MB, of a program by itself; 0 MB where the system does not tell.
    What the system tells once it has ended is no less than the memory of this very program."""
    process, most_kb = subprocess.Popen(command, stdout=subprocess.DEVNULL), 0
    while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        try:
            with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
                told = [line.split()[1] for line in status if line.startswith("VmHWM")]
        except OSError:
            told = []
        most_kb = max([most_kb, *map(int, told)])
        time.sleep(0.01)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime, most_kb / 1024


def core_seconds(process):
    """The seconds of a core that a process and all that it started have taken by now, those that have ended too; 0 where
    the system does not tell."""
    tick, times, parents = os.sysconf("SC_CLK_TCK"), {}, {}
    for name in filter(str.isdigit, os.listdir("/proc") if os.path.isdir("/proc") else []):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                # Behind the name of the program, which may hold anything: state, parent, …; then its times.
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(name)] = int(fields[1])
        times[int(name)] = sum(map(int, fields[11:15])) / tick

    def is_own(one):
        while one in parents and one != process:
            one = parents[one]
        return one == process

    return sum(seconds for one, seconds in times.items() if is_own(one))


class Clock:
    """How long something takes in Spark: seconds, and those of a core."""

    def __init__(self, spark):
        self.process = spark.sparkContext._gateway.proc.pid

    def __enter__(self):
        self.begun, self.core_begun = time.monotonic(), core_seconds(self.process)
        return self

    def __exit__(self, *_):
        self.seconds = time.monotonic() - self.begun
        self.core_seconds = core_seconds(self.process) - self.core_begun


def measure_each(program, root):
    """What the program alone takes that answers file after file."""
    with tempfile.TemporaryDirectory() as folder:
        asks = os.path.join(folder, "asks")
        paths = [os.path.join(place, name) for place, _, names in os.walk(root) for name in names]
        with open(asks, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"file": path}) + "\n" for path in paths)
        return run_alone([program, "export", "--each", "--files-from", asks, "--format", "json", "--jobs", "1"])


def later(document, weeks, number):
    """The document of the same run so many weeks later, as of another file."""
    days = datetime.timedelta(weeks=weeks)
    start = datetime.datetime.fromisoformat(document["start_time"].replace("Z", "+00:00")) + days
    day = (datetime.date.fromisoformat(document["day"]) + days).isoformat()
    sha256 = hashlib.sha256(f"{number} {document['source']['sha256']}".encode()).hexdigest()
    source = {**document["source"], "sha256": sha256}
    return {**document, "start_time": start.isoformat().replace("+00:00", "Z"), "day": day, "source": source}


def measure_long(program, season):
    """What the athlete costs who has run for many years: their documents again and again, season after season."""
    documents = [json.loads(line) for line in cli(program, "export", season, "--format", "ndjson")[0].splitlines()]
    documents = [document for document in documents if document["start_time"]]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "documents.ndjson")
        for runs in LONG:
            with open(path, "w", encoding="utf-8") as file:
                for number in range(runs):
                    again, which = divmod(number, len(documents))
                    file.write(json.dumps(later(documents[which], 60 * again, again), separators=(",", ":")) + "\n")
            mb = os.path.getsize(path) / 2**20
            told = []
            for command in (["export", path, "--format", "ndjson"], ["review", path, "--format", "json"]):
                seconds, memory = run_alone([program, *command, "--quiet", "--no-cache", "--jobs", "1"])
                told.append(f"{command[0]} {seconds:.1f} s, {memory:.0f} MB of memory")
            print(f"  an athlete of {runs} runs, {mb:.0f} MB: {'; '.join(told)}")


def measure(spark, program, season, times, events):
    """The same season for many athletes: what a file costs in Spark, and in the program alone on one thread."""
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as out:
        copies(root, season, times)
        count, nbytes = size(root)
        # The first job of a session starts workers.
        spark.range(CORES).mapInArrow(lambda batches: batches, "id long").count()
        alone, alone_s = cli(program, "export", root, "--athletes", "--format", "ndjson")
        review_s = cli(program, "review", root, "--athletes", "--format", "json")[1]
        each_s, each_mb = measure_each(program, root)
        with Clock(spark) as read:
            job.read_exports(spark, root, out, True, program)
        before = shuffled(events)
        with Clock(spark) as fold:
            job.fold_athletes(spark, root, out, program, partitions=CORES)
        check_same("sessions of the measured club", folded_of(spark, out)[0], alone)
        stored, folded = size(out + "/read")[1], size(out + "/folded")[1]
        ms = lambda seconds: f"{1000 * seconds / count:.1f} ms"
        kb = lambda nbytes: f"{nbytes / count / 1024:.1f} KB"
        print(f"measured: {times} athletes, {count} files of {kb(nbytes)}; times are those of one core for one file")
        print(f"  hardeasy export {ms(alone_s)}, review {ms(review_s)}; export --each {ms(each_s)}, with {each_mb:.0f} MB of memory")
        print(f"  Spark, stage one {ms(read.core_seconds)} ({ms(read.seconds)} on {CORES} cores, others beside it)")
        print(f"  Spark, stage two {ms(fold.core_seconds)} ({ms(fold.seconds)})")
        print(f"  a document has {kb(len(alone.encode()))}, stored {kb(stored)} before and {kb(folded)} after the fold")
        print(f"  shuffled: {(shuffled(events) - before) / count / 1024:.1f} KB a run")
        measure_long(program, season)


def main():
    program, fixtures, *more = map(os.path.abspath, sys.argv[1:])
    season = os.path.join(fixtures, "season")
    if more and os.path.isdir(more[0]):
        season = more[0]
    else:
        print("skipped: there is no folder of real exports; the season of the fixtures in its place")
    events = tempfile.mkdtemp()
    spark = job.session(
        "check",
        **{
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": "file://" + events,
            "spark.eventLog.compress": "false",
            "spark.master": f"local[{CORES}, {ATTEMPTS}]",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            # Several tasks for few files.
            "spark.sql.files.maxPartitionBytes": str(1 << 20),
            "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
        },
    )
    spark.sparkContext.setLogLevel("OFF")
    print("spark", spark.version)
    check_ends()
    check_season(spark, program, season)
    check_club(spark, program, fixtures)
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(64 << 20))
    measure(spark, program, season, 10, events)
    spark.stop()
    shutil.rmtree(events)


if __name__ == "__main__":
    main()
