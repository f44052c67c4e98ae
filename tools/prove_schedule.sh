#!/bin/sh
# Proves that other people's tools read the exported programme.
#
#   sh tools/prove_schedule.sh schedule.json schedule.xml
#
# The two files are those of one edition: /programme/<edition>/out/schedule.json and
# .xml. c3voc-schedule-tools pins old libraries, so it gets an environment of its own,
# which goes away again.
set -eu
[ $# -eq 2 ] || { sed -n '2,8p' "$0"; exit 2; }
json=$(realpath "$1") xml=$(realpath "$2")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check c3voc-schedule-tools

cd "$room"
"$room/venv/bin/python" - "$json" "$xml" <<'PROOF'
import sys

from lxml import etree
from voc.schedule import Schedule

FACTS = "date", "start", "duration", "room", "title", "track", "type", "language"


def facts_of(root):
    """What a schedule says of each event, by its guid."""
    return {
        event.get("guid"): (
            [event.findtext(name) or "" for name in FACTS],
            [person.text for person in event.findall("persons/person")],
        )
        for event in root.iter("event")
    }


def lengths_of(schedule):
    """What the tool makes of starts and lengths, which it reads by itself."""
    return schedule.foreach_event(lambda e: (e["guid"], e.start, e.end, e["room"]))


with open(sys.argv[2], "rb") as file:
    ours = etree.parse(file).getroot()
schedule = Schedule.from_file(sys.argv[1])
theirs = etree.fromstring(schedule.xml().encode())
assert facts_of(ours) == facts_of(theirs), "the XML differs from what the tool writes"
read = lengths_of(schedule)
assert len(read) == len(facts_of(ours)) == schedule.stats.events_count
assert all(start < end for _guid, start, end, _room in read)
days = {day["date"] for day in schedule.days()}
assert {f"{start.date()}" for _guid, start, _end, _room in read} == days
rooms = len(schedule.rooms())
print(f"proved: {len(read)} sessions in {rooms} rooms on {len(days)} days are read")
PROOF
