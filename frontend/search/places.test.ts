import { table } from "../testing/table";
import { Engine } from "./engine";

const engine = new Engine({
  topics: [["training", "Training"]],
  questions: [["optimizers", 0, "Which optimizers are there?", "Adam adapts the step size."]],
  phrases: [],
  synonyms: ["gan|generative adversarial network"],
  stop_words: "which|are|there|the|in|one|what|is|how|to",
});

const before = {
  places: engine.places("Adam"),
  results: engine.search("interview step").results(),
};

/** The kind, title and address of each term, topic and path that a query names. */
function named(query: string): string[] {
  return engine.places(query).map(({ kind, title, address }) => {
    return `${kind}: ${title.map(([text]) => text).join("")} at ${address}`;
  });
}

engine.addPlaces({
  terms: [
    ["Adam", "An optimizer.", "Adaptive Moment Estimation"],
    ["GAN", "Two networks that compete.", "Generative Adversarial Network"],
    ["C++", "A language.", "", "term-c-plus-plus"],
    ["Step size", "How far a step goes."],
  ],
  topics: [["training", "Training", "How it learns."]],
  paths: [["first-interview", "First interview in one evening", "What they ask first."]],
});

table("terms, topics and paths that a query names", named, [
  ["adam ", ["term: Adam (Adaptive Moment Estimation) at glossary/#term-adam"]],
  ["what is adam", ["term: Adam (Adaptive Moment Estimation) at glossary/#term-adam"]],
  [
    "adaptive moment estimation ",
    ["term: Adam (Adaptive Moment Estimation) at glossary/#term-adam"],
  ],
  ["gans ", ["term: GAN (Generative Adversarial Network) at glossary/#term-gan"]],
  ["step size ", ["term: Step size at glossary/#term-step-size"]],
  ["stepsize ", ["term: Step size at glossary/#term-step-size"]],
  ["training ", ["topic: Training at topics/training/"]],
  ["first interview ", ["path: First interview in one evening at paths/first-interview/"]],
  ["frist intervew ", ["path: First interview in one evening at paths/first-interview/"]],
  ["inter", ["path: First interview in one evening at paths/first-interview/"]],
  ["quokka ", []],
  ["adam and eve walk home late at night ", []], // it is too little of the query
  ["", []],
]);

table("places before they are loaded", () => before.places, [["", []]]);

table("results whatever places there are", (query: string) => engine.search(query).results(), [
  ["interview step", before.results],
]);
