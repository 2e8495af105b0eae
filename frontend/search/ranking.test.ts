import { table } from "../testing/table";
import type { Entry } from "./fields";
import { buildIndex } from "./inverted-index";
import type { Part, Reading } from "./query";
import { Ranking } from "./ranking";
import { Vocabulary } from "./vocabulary";
import { WEIGHTS } from "./weights";

const entries: Entry[] = [
  {
    subject: "dropout",
    question: "What is dropout?",
    answer: "Units are left out at random. It regularizes.",
    phrases: ["stop memorizing"],
    topic: "Regularization",
  },
  {
    subject: "batch norm",
    question: "What is batch normalization?",
    answer: "It normalizes the inputs of a layer, and regularizes like dropout.",
    phrases: [],
    topic: "Training",
  },
  {
    subject: "gradients",
    question: "Why do gradients vanish?",
    answer: "Small factors multiply over many layers.",
    phrases: ["loss does not move"],
    topic: "Training",
  },
  {
    subject: "adam",
    question: "What is Adam?",
    answer: "An optimizer. It does move by averages of gradients, so the loss falls.",
    phrases: [],
    topic: "Training",
  },
];

const vocabulary = new Vocabulary(["what", "is", "a", "it", "the", "why", "do", "does", "not"]);
const ranking = new Ranking(buildIndex(entries, vocabulary, WEIGHTS), WEIGHTS);

/** A word of a query; with a bar in it, several words that may be meant, the first the likeliest. */
function part(text: string): Part {
  return { readings: text.split("|").map((word, at) => reading(word, at === 0 ? 1 : 0.6)) };
}

function reading(word: string, weight: number): Reading {
  return { stems: [vocabulary.stem(word)], weight, words: [word] };
}

function found(query: string): string[] {
  return ranking
    .rank(query.split(" ").map(part))
    .hits.map(({ entry }) => entries[entry]?.subject ?? "");
}

table("entries that a query finds, best first", found, [
  ["dropout", ["dropout", "batch norm"]], // a question counts more than an answer
  ["gradient", ["gradients", "adam"]], // found by its stem
  ["training", ["batch norm", "gradients", "adam"]], // a topic; ties in the order of the source
  ["regularizes layer", ["batch norm", "dropout", "gradients"]], // all of the query before a part
  ["loss move", ["gradients", "adam"]], // side by side in a phrase
  ["adam dropout", ["adam", "dropout", "batch norm"]], // a rarer word counts more
  ["quokka", []],
  ["vanish|adam", ["gradients", "adam"]], // the likelier meaning first
  ["adam|vanish", ["adam", "gradients"]],
]);

table(
  "share of a query that its best entry answers",
  (query: string) => ranking.rank(query.split(" ").map(part)).hits[0]?.coverage.toFixed(1),
  [
    ["dropout", "1.0"],
    ["adam quokka", "0.3"], // the unknown word may be what matters
    ["quokka", undefined],
  ],
);

table(
  "number of entries found among more",
  (count: number) => {
    const entry = { subject: "", question: "", answer: "", phrases: [], topic: "dropout" };
    const many = buildIndex(Array(count).fill(entry), vocabulary, WEIGHTS);
    const { hits, count: all } = new Ranking(many, WEIGHTS).rank([part("dropout")]);
    return [hits.length, all];
  },
  [
    [5, [5, 5]],
    [50, [20, 50]],
  ],
);
