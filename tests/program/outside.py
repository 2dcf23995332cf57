"""Reads one exported run with a package of the field, and prints what it found as JSON.

Arguments: reader, file. Printed: laps (start in seconds, metres, mean beats a minute), metres, mean beats.
"""

import json
import sys


def mean(values):
    values = [value for value in values if value]
    return sum(values) / len(values) if values else None


def gpxpy(path):
    import gpxpy as library

    with open(path) as file:
        gpx = library.parse(file)
    tracks = [[point for part in track.segments for point in part.points] for track in gpx.tracks]
    points = [point for own in tracks for point in own]
    start = points[0].time

    def beats(points):
        found = (element for point in points for ext in point.extensions for element in ext)
        return mean(int(element.text) for element in found if element.tag.endswith("}hr"))

    laps = []
    for track, own in zip(gpx.tracks, tracks):
        laps.append([(own[0].time - start).total_seconds(), track.length_2d(), beats(own)])
    return {"laps": laps, "metres": None, "beats": beats(points)}


def tcxreader(path):
    from tcxreader.tcxreader import TCXReader

    run = TCXReader().read(path)
    start = run.start_time
    laps = [[(lap.start_time - start).total_seconds(), lap.distance, lap.hr_avg] for lap in run.laps]
    return {"laps": laps, "metres": run.distance, "beats": run.hr_avg}


def of_fit(laps, session, records):
    start = session["start_time"]
    rows = [
        [(lap["start_time"] - start).total_seconds(), lap["total_distance"], lap["avg_heart_rate"]]
        for lap in laps
    ]
    beats = mean(record.get("heart_rate") for record in records)
    return {"laps": rows, "metres": session["total_distance"], "beats": beats}


def garmin_fit_sdk(path):
    from garmin_fit_sdk import Decoder, Stream

    assert Decoder(Stream.from_file(path)).check_integrity()
    messages, errors = Decoder(Stream.from_file(path)).read()
    assert not errors, errors
    return of_fit(messages["lap_mesgs"], messages["session_mesgs"][0], messages["record_mesgs"])


def fitdecode(path):
    import fitdecode as library

    found = {"lap": [], "session": [], "record": []}
    strict = {"check_crc": library.CrcCheck.RAISE, "error_handling": library.ErrorHandling.RAISE}
    with library.FitReader(path, **strict) as reader:
        for frame in reader:
            if frame.frame_type == library.FIT_FRAME_DATA and frame.name in found:
                found[frame.name].append({field.name: field.value for field in frame.fields})
    return of_fit(found["lap"], found["session"][0], found["record"])


READERS = {reader.__name__: reader for reader in (gpxpy, tcxreader, garmin_fit_sdk, fitdecode)}
try:
    print(json.dumps(READERS[sys.argv[1]](sys.argv[2])))
except ModuleNotFoundError as missing:
    print(json.dumps({"missing": missing.name}))
