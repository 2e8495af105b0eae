import { Marker } from "./highlighting";
import type { Found, Reply, Topic } from "./messages";
import type { Understood } from "./query";
import type { Hit, Ranked } from "./ranking";
import type { Vocabulary } from "./vocabulary";

const TOPICS = 3;
/** Least certainty that a query is about something that is here. */
const CERTAIN = 7;

/** What a query finds. `results` marks the matches in a range of results when it is called. */
export interface Answer extends Pick<Reply, "count" | "corrected" | "fits" | "topics"> {
  results: (from?: number, to?: number) => Found[];
}

/** A question as it is shown. */
export type Shown = readonly [
  id: string,
  topic: Topic,
  question: string,
  answer: string,
  mark?: string,
];

/** Put together what a query finds; `shown` has the entries. */
export function answerOf(
  understood: Understood,
  { hits, count }: Ranked,
  vocabulary: Vocabulary,
  shown: (entry: number) => Shown,
): Answer {
  const { parts, corrected } = understood;
  const meant = parts.flatMap(({ readings }) => readings.map(({ stems }) => stems));
  const marker = new Marker(meant, (word) => vocabulary.stem(word));
  const fits = isCertain(hits[0], understood);
  const found = ({ entry }: Hit): Found => {
    const [id, topic, question, answer, mark = ""] = shown(entry);
    return { id, question: marker.marked(question), answer: marker.marked(answer), topic, mark };
  };
  return {
    results: (from, to) => hits.slice(from, to).map(found),
    count,
    // The words of a query about something else are no typos, they are just not in the texts.
    corrected: fits ? corrected : "",
    fits,
    topics: fits ? [] : nearest(hits, shown),
  };
}

/** Topics of the best hits. */
function nearest(hits: readonly Hit[], shown: (entry: number) => Shown): Topic[] {
  const scores = new Map<Topic, number>();
  for (const { entry, score } of hits) {
    const [, topic] = shown(entry);
    scores.set(topic, (scores.get(topic) ?? 0) + score);
  }
  const best = [...scores].sort(([, one], [, other]) => other - one).slice(0, TOPICS);
  return best.map(([topic]) => topic);
}

/**
 * Whether the best hit is certainly what a query is about. The numbers, with those of `match`, are
 * of a logistic regression on judged queries and on queries about other things, rounded
 * (`make search`). In texts where a word says little, or is in a long answer, its match is low.
 */
export function isCertain(
  best: Pick<Hit, "match" | "coverage"> | undefined,
  { known }: Pick<Understood, "known">,
): boolean {
  return !!best && (best.coverage > 0.999 || best.match + known >= CERTAIN);
}
