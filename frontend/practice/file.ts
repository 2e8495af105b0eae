// The file that a reader exports and imports: grades and own answers.

import * as answers from "../own-answers/answers";
import { objectIn, type Parsed } from "../saved/records";
import * as reviews from "./reviews";

export interface Kept {
  readonly reviews: reviews.Reviews;
  readonly answers: answers.Answers;
}

const KIND = "practice";
export const VERSION = 1;

/** The text of the file. */
export function dump({ reviews: { logs }, answers: own }: Kept, exported: string): string {
  const content = { kind: KIND, version: VERSION, exported, reviews: logs, answers: own };
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** Read a file; undefined if it is another one, or damaged. */
export function parse(text: string): Parsed<Kept> {
  const data = objectIn(text.replace(/^\ufeff/, ""));
  if (data?.kind !== KIND || typeof data.version !== "number") return undefined;
  if (data.version > VERSION) return "newer";
  return {
    reviews: { ...reviews.NO_REVIEWS, logs: reviews.logsIn(data.reviews) },
    answers: answers.answersIn(data.answers),
  };
}
