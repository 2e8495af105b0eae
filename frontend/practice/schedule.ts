// When a question is due: by FSRS, from the grades of its days.

import { type Card, createEmptyCard, fsrs } from "ts-fsrs";
import { dayAt, dayOf, noon } from "./dates";
import { add, byDay, GRADES, type Grade, type Log, NO_REVIEWS } from "./reviews";

// Whole days, and no chance: the same grades give the same schedule on every device.
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/** Days of stability from which a question counts as well known. */
const KNOWN = 21;

/** What the grades of a question say; none if it was never practiced. */
export interface Standing {
  /** The day on which to ask again. */
  readonly due: string;
  readonly last: string;
  /** Whether it was missed on the last day. */
  readonly missed: boolean;
  readonly known: boolean;
}

/** Say how a question stands, by all its logs, under each id that it had. */
export function standing(logs: readonly Log[]): Standing | undefined {
  let card: Card | undefined;
  let last: [day: string, grade: Grade] | undefined;
  for (const [day, grade] of byDay(logs)) {
    card = scheduler.next(card ?? createEmptyCard(noon(day)), noon(day), grade).card;
    last = [day, grade];
  }
  if (!card || !last) return undefined;
  return {
    due: dayAt(card.due),
    last: last[0],
    missed: last[1] === 1,
    known: card.stability >= KNOWN,
  };
}

/** The day on which a question is asked again, for each grade that may be given now. */
export function forecast(logs: readonly Log[], now: string): Record<Grade, string> {
  const due = (grade: Grade): string => {
    const given = add(NO_REVIEWS, "x", now, grade).logs.x ?? {};
    return standing([...logs, given])?.due ?? dayOf(now);
  };
  return Object.fromEntries(GRADES.map((grade) => [grade, due(grade)])) as Record<Grade, string>;
}
