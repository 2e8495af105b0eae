import { table } from "../testing/table";
import { Deck } from "./deck";
import { add, NO_REVIEWS } from "./reviews";

const deck = new Deck({
  format: 1,
  topics: [
    { id: "baking", title: "Baking", formerly: ["ovens"] },
    { id: "rising", title: "Rising" },
  ],
  paths: [{ id: "first-loaf", title: "First loaf", steps: ["steam", "gluten"] }],
  questions: [
    { id: "steam", topic: "baking", question: "Why steam?", formerly: ["vapor", "water"] },
    { id: "gluten", topic: "rising", question: "What is gluten?" },
  ],
});

table("questions by ids that they have or had", (id: string) => deck.current(id), [
  ["steam", "steam"],
  ["vapor", "steam"],
  ["water", "steam"],
  ["gluten", "gluten"],
  ["gone", undefined],
  ["constructor", undefined],
]);

table("groups", ([kind, id]: [string, string]) => deck.group(kind, id)?.ids, [
  [["topic", "baking"], ["steam"]],
  [["topic", "ovens"], ["steam"]],
  [
    ["path", "first-loaf"],
    ["steam", "gluten"],
  ],
  [
    ["all", ""],
    ["steam", "gluten"],
  ],
  [["path", "gone"], undefined],
  [["other", "baking"], undefined],
]);

table(
  "grades stay with a question that was renamed or merged",
  (id: string) => {
    const reviews = add(NO_REVIEWS, id, "2026-11-02T09:00:00.000", 3);
    return [...deck.standings(reviews)].map(([name, { due }]) => [name, due]);
  },
  [
    ["steam", [["steam", "2026-11-05"]]],
    ["vapor", [["steam", "2026-11-05"]]],
    ["gone", []],
  ],
);

table<unknown, unknown>(
  "data of another form",
  (data: unknown) => {
    try {
      return new Deck(data).questions.size;
    } catch {
      return "refused";
    }
  },
  [
    [{ format: 2, topics: [], paths: [], questions: [] }, "refused"],
    [{ format: 1, topics: [], paths: [], questions: [] }, 0],
    [null, "refused"],
  ],
);
