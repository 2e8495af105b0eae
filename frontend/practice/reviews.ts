// Every grade that a reader gave, by question and time. Nothing else is stored: schedules follow from
// it. Two records of one reader are merged by taking the grades of both, in any order and any number
// of times, so that tabs and devices never have to agree first.

import { isId } from "../dom/ids";
import { combined, isObject, objectIn, type Parsed, sorted } from "../saved/records";
import { isTime } from "./dates";

/** 1 is "again", 2 "hard", 3 "good" and 4 "easy". */
export type Grade = 1 | 2 | 3 | 4;
export const GRADES: readonly Grade[] = [1, 2, 3, 4];

/** A grade that was taken back; it stays, or merging would bring back the grade. */
const UNDONE = 0;
type Given = Grade | typeof UNDONE;

/** The grades of a question by time. */
export type Log = Readonly<Record<string, Given>>;

export interface Reviews {
  /** How often the reader reset the practice. Grades of an earlier round do not come back. */
  readonly round: number;
  /** By the id that a question had when it was graded. */
  readonly logs: Readonly<Record<string, Log>>;
}

export const NO_REVIEWS: Reviews = { round: 0, logs: {} };

/** The form of the stored text. Raise it when older scripts could not read it, and upgrade in `parse`. */
export const VERSION = 1;

/** Read a stored text; undefined if it is anything else. Entries that cannot be read are left out. */
export function parse(text: string): Parsed<Reviews> {
  const data = objectIn(text);
  if (!data || typeof data.version !== "number") return undefined;
  if (data.version > VERSION) return "newer";
  return { round: isCount(data.round) ? data.round : 0, logs: logsIn(data.reviews) };
}

/** The text to store: equal for equal reviews. */
export function dump({ round, logs }: Reviews): string {
  return JSON.stringify({ version: VERSION, round, reviews: sorted(logs, sorted) });
}

/** The grades of both records, unless one of them was reset later. */
export function merge(one: Reviews, other: Reviews): Reviews {
  if (one.round !== other.round) return one.round > other.round ? one : other;
  return { round: one.round, logs: mergeLogs(one.logs, other.logs) };
}

/** Add the grades of another record, whatever its round, as from a file. */
export function include(own: Reviews, other: Reviews): Reviews {
  return merge(own, { ...other, round: own.round });
}

/** Add a grade. */
export function add(reviews: Reviews, id: string, time: string, grade: Grade): Reviews {
  return include(reviews, { ...NO_REVIEWS, logs: { [id]: { [time]: grade } } });
}

/** Take back a grade. */
export function undo(reviews: Reviews, id: string, time: string): Reviews {
  return include(reviews, { ...NO_REVIEWS, logs: { [id]: { [time]: UNDONE } } });
}

/** Forget all grades. */
export function reset({ round }: Reviews): Reviews {
  return { round: round + 1, logs: {} };
}

/** The number of grades, without those taken back. */
export function count({ logs }: Reviews): number {
  const given = Object.values(logs).flatMap((log) => Object.values(log));
  return given.filter((grade) => grade !== UNDONE).length;
}

/** The lowest grade of each day, in order: a question that was missed once on a day was missed. */
export function byDay(logs: readonly Log[]): [day: string, grade: Grade][] {
  const days = new Map<string, Grade>();
  for (const [time, grade] of logs.flatMap((log) => Object.entries(log))) {
    const day = time.slice(0, 10);
    if (grade !== UNDONE) days.set(day, Math.min(grade, days.get(day) ?? grade) as Grade);
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1));
}

function mergeLogs(one: Reviews["logs"], other: Reviews["logs"]): Reviews["logs"] {
  return combined(one, other, (mine, theirs) =>
    // Taken back is lowest, so it stays.
    combined(mine, theirs, (grade, second) => Math.min(grade, second) as Given),
  );
}

/** The logs in data from outside. */
export function logsIn(data: unknown): Reviews["logs"] {
  const found = Object.entries(isObject(data) ? data : {})
    .filter(([id]) => isId(id))
    .map(([id, log]) => [id, logIn(log)] as const);
  return Object.fromEntries(found.filter(([, log]) => Object.keys(log).length > 0));
}

function logIn(data: unknown): Log {
  const entries = Object.entries(isObject(data) ? data : {});
  return Object.fromEntries(
    entries.filter(([time, grade]) => isTime(time) && [UNDONE, ...GRADES].includes(grade as Given)),
  ) as Log;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
