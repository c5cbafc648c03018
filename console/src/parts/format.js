// Numbers, sizes and times as people write them.
import { LANGUAGE, t } from "../texts/index.js";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
const STEPS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const sizes = UNITS.map((unit) => {
  const how = { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short" };
  return [
    new Intl.NumberFormat(LANGUAGE, { ...how, maximumFractionDigits: 0 }),
    new Intl.NumberFormat(LANGUAGE, { ...how, maximumFractionDigits: 1 }),
  ];
});
const ago = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });
const whole = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
const precise = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "long" });
const days = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "full" });
const clocks = new Intl.DateTimeFormat(LANGUAGE, { timeStyle: "medium" });
const numbers = new Intl.NumberFormat(LANGUAGE);

export const count = (value) => numbers.format(value);

export function size(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return sizes[unit][value < 10 ? 1 : 0].format(value);
}

export function when(text) {
  return whole.format(new Date(text));
}

/** With seconds and zone. */
export function exactly(text) {
  return precise.format(new Date(text));
}

export function day(text) {
  return days.format(new Date(text));
}

export function clock(text) {
  return clocks.format(new Date(text));
}

export function since(text, now = Date.now()) {
  const seconds = (new Date(text).getTime() - now) / 1000;
  const [unit, length] = STEPS.find(([, one]) => Math.abs(seconds) >= one) ?? [];
  return unit ? ago.format(Math.round(seconds / length), unit) : t("now");
}

/** A name that stands in a sentence: whatever its letters say, it keeps to its own place. */
export const isolated = (name) => `\u2068${name}\u2069`;

/** The name of a file, and the folder before it with its slash. */
export function nameOf(path) {
  const cut = path.replace(/\/$/, "").lastIndexOf("/") + 1;
  return [path.slice(cut), path.slice(0, cut)];
}
