// Reads one exported run with togeojson, and prints what it found as JSON: laps (start in seconds, metres, mean beats a
// minute), metres, mean beats. Arguments: gpx or tcx, file.

const fs = require("node:fs");
const togeojson = require("@tmcw/togeojson");
const { DOMParser } = require("@xmldom/xmldom");

/** The mean radius of the earth, in metres. */
const RADIUS_M = 6371008.8;

function metres([longitude, latitude], [longitude2, latitude2]) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const [up, across] = [radians(latitude2 - latitude), radians(longitude2 - longitude)];
  const chord =
    Math.sin(up / 2) ** 2 + Math.cos(radians(latitude)) * Math.cos(radians(latitude2)) * Math.sin(across / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.sqrt(chord));
}

function length(line) {
  return line.slice(1).reduce((sum, place, index) => sum + metres(line[index], place), 0);
}

function mean(values) {
  const known = values.filter((value) => value > 0);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

const [format, file] = process.argv.slice(2);
const document = new DOMParser().parseFromString(fs.readFileSync(file, "utf8"), "text/xml");
const tracks = togeojson[format](document).features.filter((feature) => feature.geometry.type.endsWith("LineString"));
const starts = tracks.map((track) => Date.parse(track.properties.coordinateProperties.times.flat()[0]));
const beats = tracks.map((track) => track.properties.coordinateProperties.heart?.flat() ?? []);
const laps = tracks.map(({ geometry: { type, coordinates } }, index) => [
  (starts[index] - starts[0]) / 1000,
  (type === "LineString" ? [coordinates] : coordinates).map(length).reduce((sum, own) => sum + own, 0),
  mean(beats[index]),
]);
console.log(JSON.stringify({ laps, metres: null, beats: mean(beats.flat()) }));
