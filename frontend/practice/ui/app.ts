// What the views of the practice page share.

import type { Answers } from "../../own-answers/answers";
import type { Saved } from "../../saved/saved";
import { dayOf, timeOf } from "../dates";
import type { Deck } from "../deck";
import type { Reviews } from "../reviews";
import type { Standing } from "../schedule";
import type { Session } from "../session";
import type { Card } from "./card";

/** Where questions come from. */
export interface Source {
  /** The data of the deck. */
  data(): Promise<unknown>;
  card(id: string): Promise<Card>;
}

export interface App {
  readonly deck: Deck;
  readonly reviews: Saved<Reviews>;
  readonly answers: Saved<Answers>;
  /** Load a question with its answer. */
  card(id: string): Promise<Card>;
  /** Show the start of the page. */
  overview(): void;
  /** Show a session, and keep it for a reload. */
  go(session: Session): void;
}

export function now(): string {
  return timeOf(new Date());
}

export function today(): string {
  return dayOf(now());
}

export function standings({ deck, reviews }: App): ReadonlyMap<string, Standing> {
  return deck.standings(reviews.value);
}

/** The name of what a session practices. */
export function titleOf({ deck }: App, what: string): string {
  const names: Readonly<Record<string, string>> = {
    due: WORDS.practice_due,
    missed: WORDS.practice_missed,
    interview: WORDS.practice_interview,
  };
  const [kind = "", id = ""] = what.split(":");
  return names[what] ?? deck.group(kind, id)?.title ?? WORDS.practice_everything;
}
