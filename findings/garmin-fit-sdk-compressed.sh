#!/usr/bin/env bash
# garmin-fit-sdk 21.218.0, the vendor's own decoder in Python: a whole, legal FIT file passes its integrity check and
# then loses all but its first record, without an exception.
#
# Records may have five bits of time in their header in place of a timestamp field ("compressed timestamp", as
# watches write that save room). `check_integrity` answers True for such a file; `read` stops at the first of these
# records, hands out what came before it, and puts the reason into the list of errors that it returns beside the
# messages. Who looks at the messages alone has a run of one record. fitdecode 0.11.0 reads all of the same file.
#
# Needs Python 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/pip install --quiet garmin-fit-sdk==21.218.0 fitdecode==0.11.0
venv/bin/pip list 2>/dev/null | grep -i -E '^(garmin-fit-sdk|fitdecode) '

cat >check.py <<'PYTHON'
"""Eleven records, a second apart: the first with a timestamp field, ten with the time in their header."""
import struct
import sys

import fitdecode
from garmin_fit_sdk import Decoder, Stream

START = 1_150_000_000  # seconds from 1989-12-31
RECORDS = 11
LOW_BITS = 31


def checksum(data):
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def definition(local, number, fields):
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
    return head + b"".join(bytes(field) for field in fields)


data = definition(0, 0, [(0, 1, 0x00), (1, 2, 0x84), (4, 4, 0x86)])  # file_id: type, manufacturer, time
data += struct.pack("<BBHI", 0, 4, 255, START)
data += definition(1, 20, [(253, 4, 0x86), (3, 1, 0x02)])  # record: timestamp, heart rate
data += struct.pack("<BIB", 1, START, 140)
data += definition(2, 20, [(3, 1, 0x02)])
for second in range(1, RECORDS):
    data += bytes([0x80 | 2 << 5 | (START + second) & LOW_BITS, 140 + second])
head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(data), b".FIT")
head += struct.pack("<H", checksum(head))
whole = head + data
open("run.fit", "wb").write(whole + struct.pack("<H", checksum(whole)))

is_sound = Decoder(Stream.from_file("run.fit")).check_integrity()
messages, errors = Decoder(Stream.from_file("run.fit")).read()
theirs = messages.get("record_mesgs", [])
print("garmin-fit-sdk: check_integrity", is_sound, "| records", len(theirs), "of", RECORDS, "| errors", errors)
with fitdecode.FitReader("run.fit") as reader:
    records = [one for one in reader if isinstance(one, fitdecode.FitDataMessage) and one.name == "record"]
seconds = [(one.get_value("timestamp") - records[0].get_value("timestamp")).seconds for one in records]
print("fitdecode: records", len(records), "| seconds", seconds)
as_told = (
    is_sound
    and len(theirs) == 1
    and len(errors) == 1
    and "Compressed timestamp" in str(errors[0])
    and seconds == list(range(RECORDS))
)
print("as described" if as_told else "it has changed")
sys.exit(0 if as_told else 1)
PYTHON
venv/bin/python check.py
