import { table } from "../testing/table";
import { isCertain } from "./answer";

table(
  "certainty that a hit is what a query is about",
  ([match, coverage, known]: readonly [number, number, number]) =>
    isCertain({ match, coverage }, { known }),
  [
    [[6.2, 0.9, 1], true], // one known word, and most of the query
    [[4.2, 0.6, 1], false], // beside it, words that the question lacks
    [[4.2, 0.6, 3], true], // which others have
    [[5.9, 0.9, 0], false], // a short word that looks like a known one
    [[4.3, 1, 1], true], // a common word, or one of a long answer, but all of the query
  ],
);

table("certainty without a hit", (known: number) => isCertain(undefined, { known }), [[9, false]]);
