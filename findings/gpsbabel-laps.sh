#!/usr/bin/env bash
# GPSBabel 1.8.0: laps of one and the same run become waypoints at their starts or at their ends, by the format
# that the run was in; a TCX activity does not survive its way to TCX.
#
# - From TCX, "LAP001" stands where the first lap begins and has the time; from FIT, "LAP001" stands where the first
#   lap ends and has no time. Nothing in the GPX says which of the two it is.
# - TCX to TCX makes of an activity of four laps a course of one lap without course points: its laps are gone.
# - FIT to FIT makes a course, and the heart rate that TCX to TCX keeps is gone.
#
# Needs a Debian system (apt, for the pinned package) and Python 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get download -qq gpsbabel=1.8.0+ds-5 libqt5core5a libshp2 libusb-1.0-0 libdouble-conversion3 libicu72 \
  libpcre2-16-0 libglib2.0-0 >/dev/null
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH="$folder/root/usr/lib/$(uname -m)-linux-gnu:$folder/root/lib/$(uname -m)-linux-gnu"
babel() { "$folder/root/usr/bin/gpsbabel" "$@"; }
babel -V | sed '/^$/d'

cat >make.py <<'PYTHON'
"""One run of four laps of a minute each, once as TCX and once as FIT."""
import datetime
import struct

START = datetime.datetime(2026, 5, 1, 6, 0, 0, tzinfo=datetime.timezone.utc)
LAPS, LAP_S, STEP_S, SPEED = 4, 60, 5, 3.3


def latitude(second):
    return 50 + second * SPEED / 111_320


def point(second):
    at = (START + datetime.timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f"<Trackpoint><Time>{at}</Time><Position><LatitudeDegrees>{latitude(second):.6f}</LatitudeDegrees>"
        f"<LongitudeDegrees>8.0</LongitudeDegrees></Position><DistanceMeters>{second * SPEED:.1f}</DistanceMeters>"
        f"<HeartRateBpm><Value>150</Value></HeartRateBpm></Trackpoint>"
    )


def tcx():
    laps = ""
    for lap in range(LAPS):
        seconds = range(lap * LAP_S, (lap + 1) * LAP_S, STEP_S)
        at = (START + datetime.timedelta(seconds=lap * LAP_S)).strftime("%Y-%m-%dT%H:%M:%SZ")
        laps += (
            f'<Lap StartTime="{at}"><TotalTimeSeconds>{LAP_S}</TotalTimeSeconds><DistanceMeters>{LAP_S * SPEED}'
            "</DistanceMeters><Calories>0</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>"
            f"<Track>{''.join(map(point, seconds))}</Track></Lap>"
        )
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/'
        'TrainingCenterDatabase/v2"><Activities><Activity Sport="Running"><Id>2026-05-01T06:00:00Z</Id>'
        f"{laps}</Activity></Activities></TrainingCenterDatabase>"
    )


TABLE = [
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
]


def checksum(data):
    crc = 0
    for byte in data:
        for nibble in (byte & 15, byte >> 4):
            crc = (crc >> 4) & 0x0FFF ^ TABLE[crc & 15] ^ TABLE[nibble]
    return crc


def stamp(second):
    return int(START.timestamp()) - 631_065_600 + second


def semicircles(degrees):
    return int(degrees * 2**31 / 180)


def message(number, fields):
    """A definition and its message; a field is (number, base type, struct letter, value)."""
    head = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    head += b"".join(bytes([field, struct.calcsize(letter), base]) for field, base, letter, _ in fields)
    return head + b"\0" + b"".join(struct.pack("<" + letter, value) for _, _, letter, value in fields)


def fit():
    data = message(0, [(0, 0x00, "B", 4), (1, 0x84, "H", 255), (4, 0x86, "I", stamp(0))])
    for second in range(0, LAPS * LAP_S + 1, STEP_S):
        data += message(20, [
            (253, 0x86, "I", stamp(second)), (0, 0x85, "i", semicircles(latitude(second))),
            (1, 0x85, "i", semicircles(8.0)), (5, 0x86, "I", int(second * SPEED * 100)), (3, 0x02, "B", 150),
        ])
        if second and second % LAP_S == 0:
            data += message(19, [
                (253, 0x86, "I", stamp(second)), (2, 0x86, "I", stamp(second - LAP_S)),
                (3, 0x85, "i", semicircles(latitude(second - LAP_S))), (4, 0x85, "i", semicircles(8.0)),
                (5, 0x85, "i", semicircles(latitude(second))), (6, 0x85, "i", semicircles(8.0)),
                (7, 0x86, "I", LAP_S * 1000), (8, 0x86, "I", LAP_S * 1000), (24, 0x00, "B", 0), (25, 0x00, "B", 1),
            ])
    end = LAPS * LAP_S
    data += message(18, [(253, 0x86, "I", stamp(end)), (2, 0x86, "I", stamp(0)), (5, 0x00, "B", 1),
                         (7, 0x86, "I", end * 1000), (8, 0x86, "I", end * 1000), (26, 0x84, "H", LAPS)])
    data += message(34, [(253, 0x86, "I", stamp(end)), (0, 0x86, "I", end * 1000), (1, 0x84, "H", 1)])
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(data), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + data + struct.pack("<H", checksum(head + data))


open("run.tcx", "w").write(tcx())
open("run.fit", "wb").write(fit())
PYTHON
python3 make.py

babel -i gtrnctr -f run.tcx -o gpx -F of-tcx.gpx
babel -i garmin_fit -f run.fit -o gpx -F of-fit.gpx
babel -i gtrnctr -f run.tcx -o gtrnctr -F of-tcx.tcx
babel -i garmin_fit -f run.fit -o garmin_fit -F of-fit.fit
babel -i garmin_fit -f of-fit.fit -o gtrnctr -F of-fit.tcx

cat >check.py <<'PYTHON'
import re
import sys


def laps(name):
    text = open(name).read()
    found = re.findall(r'<wpt lat="([-0-9.]+)"[^>]*>(.*?)</wpt>', text, re.S)
    return [
        (re.search(r"<name>(.*?)</name>", body).group(1), round((float(lat) - 50) * 111_320), "<time>" in body)
        for lat, body in found
    ]


def count(name, element):
    return len(re.findall(rf"<{element}[ >]", open(name).read()))


of_tcx, of_fit = laps("of-tcx.gpx"), laps("of-fit.gpx")
print("GPX of TCX (name, metres from the start, has a time):", of_tcx)
print("GPX of FIT:", of_fit)
elements = ["Activity", "Course", "Lap", "CoursePoint", "HeartRateBpm"]
tcx = {element: count("of-tcx.tcx", element) for element in elements}
print("TCX of TCX:", tcx)
fit_heart = count("of-fit.tcx", "HeartRateBpm")
print("heart rates after FIT to FIT:", fit_heart)
as_told = (
    of_tcx[0] == ("LAP001", 0, True)
    and of_fit[0] == ("LAP001", 198, False)
    and (tcx["Activity"], tcx["Course"], tcx["Lap"], tcx["CoursePoint"]) == (0, 1, 1, 0)
    and tcx["HeartRateBpm"] > 0
    and fit_heart == 0
)
print("as described" if as_told else "it has changed")
sys.exit(0 if as_told else 1)
PYTHON
python3 check.py
