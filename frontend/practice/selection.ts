// Which questions a session asks, and what lies ahead.

import { later } from "./dates";
import type { Standing } from "./schedule";

type Standings = ReadonlyMap<string, Standing>;

/** How many of some questions were practiced, are due, were missed, and are well known. */
export interface Tally {
  readonly all: number;
  readonly practiced: number;
  readonly due: number;
  readonly missed: number;
  readonly known: number;
}

export function tally(ids: readonly string[], standings: Standings, today: string): Tally {
  const found = ids.flatMap((id) => standings.get(id) ?? []);
  return {
    all: ids.length,
    practiced: found.length,
    due: found.filter(({ due }) => due <= today).length,
    missed: found.filter(({ missed }) => missed).length,
    known: found.filter(({ known }) => known).length,
  };
}

/** The questions that are due, the longest overdue first. */
export function due(ids: readonly string[], standings: Standings, today: string): string[] {
  const dueOn = (id: string): string => standings.get(id)?.due ?? "9";
  const found = ids.filter((id) => dueOn(id) <= today);
  return found.sort((one, other) =>
    dueOn(one) < dueOn(other) ? -1 : dueOn(one) > dueOn(other) ? 1 : 0,
  );
}

/** The questions that were missed on the last day they were practiced. */
export function missed(ids: readonly string[], standings: Standings): string[] {
  return ids.filter((id) => standings.get(id)?.missed);
}

/** What to ask of a group: what is due, then what is new; if there is neither, all of it. */
export function next(ids: readonly string[], standings: Standings, today: string): string[] {
  const fresh = ids.filter((id) => !standings.has(id));
  const found = [...due(ids, standings, today), ...fresh];
  return found.length > 0 ? found : [...ids];
}

/** Some of the questions, by chance. `random` returns numbers from 0 up to 1. */
export function drawn(ids: readonly string[], size: number, random = Math.random): string[] {
  const left = [...ids];
  const found: string[] = [];
  while (left.length > 0 && found.length < size)
    found.push(...left.splice(Math.floor(random() * left.length), 1));
  return found;
}

/** How many questions are due on each of some days from today on; what is overdue is due today. */
export function calendar(
  standings: Standings,
  today: string,
  days: number,
): { day: string; due: number }[] {
  const counts = new Map<string, number>();
  for (const { due: day } of standings.values()) {
    const on = day < today ? today : day;
    counts.set(on, (counts.get(on) ?? 0) + 1);
  }
  return Array.from({ length: days }, (_, at) => {
    const day = later(today, at);
    return { day, due: counts.get(day) ?? 0 };
  });
}
