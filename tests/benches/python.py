"""How fast the Python module decodes to samples, beside the decoders that Python has.

    python tests/benches/python.py [FILE…]

Needs the wheel, and fitparse, fitdecode, garmin-fit-sdk and gpxpy. Without FILE it takes some runs of fixtures/. All
readers take turns, so that what else the machine does falls on all alike; told are the median of each reader's time, and
the median over the turns of how many times as long as `hardeasy.read` it took. `hardeasy.segments` judges what was run
besides: the others only decode.
"""

import os
import statistics
import sys
import time

import fitdecode
import fitparse
import garmin_fit_sdk
import gpxpy
import hardeasy

TURNS = 5
FIXTURES = ["easy.fit", "kilometres.fit", "hills.fit", "tempo.gpx", "easy-hilly.gpx"]


def with_fitparse(path):
    return [message.get_values() for message in fitparse.FitFile(path).get_messages("record")]


def with_fitdecode(path):
    with fitdecode.FitReader(path) as reader:
        frames = (frame for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record")
        return [{field.name: field.value for field in frame.fields} for frame in frames]


def with_garmin_fit_sdk(path):
    stream = garmin_fit_sdk.Stream.from_file(path)
    messages, _ = garmin_fit_sdk.Decoder(stream).read()
    return messages["record_mesgs"]


def with_gpxpy(path):
    with open(path, encoding="utf-8") as file:
        tracks = gpxpy.parse(file).tracks
    return [point for track in tracks for segment in track.segments for point in segment.points]


OF_FIT = [("fitparse", with_fitparse), ("fitdecode", with_fitdecode), ("garmin-fit-sdk", with_garmin_fit_sdk)]
OWN = [("hardeasy.read", hardeasy.read), ("hardeasy.segments", lambda path: hardeasy.segments(path, alone=True))]


def seconds(read, path):
    begun = time.perf_counter()
    count = len(read(path))
    return time.perf_counter() - begun, count


def measure(title, paths, others):
    readers = OWN + others
    times = {name: [] for name, _ in readers}
    records = {}
    for turn in range(TURNS + 1):
        for name, read in readers:
            found = [seconds(read, path) for path in paths]
            records[name] = sum(count for _, count in found)
            if turn > 0:  # the first only warms up
                times[name].append(sum(time for time, _ in found))
    print(f"\n{title}: {len(paths)} files, {sum(map(os.path.getsize, paths)):,} bytes, {records['hardeasy.read']:,} records\n")
    print("| reader | ms | times `read` | times `segments` |\n|---|---|---|---|")
    for name, _ in readers:
        beside = [
            statistics.median(own / base for own, base in zip(times[name], times[base_name]))
            for base_name, _ in OWN
        ]
        print(f"| {name} | {1000 * statistics.median(times[name]):.2f} | {beside[0]:.1f} | {beside[1]:.2f} |")
        if name != "hardeasy.segments":
            assert records[name] == records["hardeasy.read"], (name, records)


def main(paths):
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../fixtures/runs")
    paths = paths or [os.path.join(folder, name) for name in FIXTURES]
    fit = [path for path in paths if path.lower().endswith(".fit")]
    gpx = [path for path in paths if path.lower().endswith(".gpx")]
    print("hardeasy", hardeasy.__version__, "Python", sys.version.split()[0], flush=True)
    if fit:
        measure("FIT", fit, OF_FIT)
    if gpx:
        measure("GPX", gpx, [("gpxpy", with_gpxpy)])


main(sys.argv[1:])
