import { table } from "../testing/table";
import { isCertain } from "./answer";

table(
  "certainty that a hit is what a query is about",
  ([match, known]: readonly [number, number]) => isCertain({ match }, { known }),
  [
    [[6.2, 1], true], // one known word, and all of the query
    [[4.2, 1], false], // beside it, words that the question lacks
    [[4.2, 3], true], // which others have
    [[5.9, 0], false], // a short word that looks like a known one
  ],
);

table("certainty without a hit", (known: number) => isCertain(undefined, { known }), [[9, false]]);
