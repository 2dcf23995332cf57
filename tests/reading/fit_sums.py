"""Tells what two readers find in the records of FIT files: how many records, and of each quantity how many values and
their sum.

Arguments: files. Printed: a line of JSON a file and reader: [file, reader, records, [[values, sum] …]], or
[file, reader, error].
"""

import json
import sys

import fitdecode
from garmin_fit_sdk import Decoder, Stream

FIT_EPOCH_S = 631065600
DEGREES = 180 / 2**31
QUANTITIES = [
    ["timestamp"],
    ["position_lat"],
    ["position_long"],
    ["enhanced_altitude", "altitude"],
    ["heart_rate"],
    ["cadence"],
    ["distance"],
    ["enhanced_speed", "speed"],
    ["power"],
]


def number(value, name):
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if value is None:
        return None
    if hasattr(value, "timestamp"):
        return value.timestamp() - FIT_EPOCH_S
    if isinstance(value, str):
        return None
    return value * DEGREES if name.startswith("position") else float(value)


def sums(records):
    found = [[0, 0.0] for _ in QUANTITIES]
    for record in records:
        for names, cell in zip(QUANTITIES, found):
            values = (number(record.get(name), name) for name in names)
            value = next((value for value in values if value is not None), None)
            if value is not None:
                cell[0] += 1
                cell[1] += value
    return len(records), found


def of_fitdecode(path):
    with fitdecode.FitReader(path) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    records = [frame for frame in frames if frame.name == "record"]
    return sums([{field.name: field.value for field in reversed(record.fields)} for record in records])


def of_garmin(path):
    decoder = Decoder(Stream.from_file(path))
    options = {"convert_datetimes_to_dates": False, "merge_heart_rates": False}
    messages, errors = decoder.read(**options)
    if errors:
        raise errors[0]
    return sums(messages.get("record_mesgs", []))


for path in sys.argv[1:]:
    for name, reader in [("fitdecode", of_fitdecode), ("garmin-fit-sdk", of_garmin)]:
        try:
            told = [path, name, *reader(path)]
        except Exception as error:
            told = [path, name, f"{type(error).__name__}: {error}"]
        print(json.dumps(told), flush=True)
