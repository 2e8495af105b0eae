// A search in pieces finds what a search in the whole data finds, in any texts.

import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../answer";
import { Engine } from "../engine";
import type { Data } from "../fields";
import { isUnspaced, words } from "../words";
import { PiecesEngine } from "./engine";
import { inPieces } from "./writer";

/** Random numbers below a limit, the same every time. */
function randomly(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const WORDS = (
  "gradient gradients vanishing vanish network networks neural net layer layers learning learn rate rates " +
  "batch normalization normalize normalizing norm dropout drop out overfitting overfit regularization " +
  "fine-tuning feed-forward cross-entropy CrossEntropyLoss LeakyReLU conv2d ResNet50 BCE LSTM GAN 3 64 x " +
  "what is the a of why do does 学习 梯度 过拟合 データ 拡張 とは größe straße éclair don't state-of-the-art " +
  "saying said ties tie 👍 1e-4"
).split(" ");
const SYNONYMS = [
  "bce|binary cross entropy",
  "lstm|long short-term memory",
  "网络|net",
  "lr|learning rate",
];

type Random = (limit: number) => number;

function text(random: Random, most: number): string {
  const length = 1 + random(most);
  const ends = [" ", " ", " ", " ", ", ", ". ", " (", "", "-"];
  return Array.from(
    { length },
    () =>
      WORDS[Math.floor(random(WORDS.length) * (random(100) / 100))] +
      (ends[random(ends.length)] ?? ""),
  ).join("");
}

function corpus(random: Random): Data {
  const count = 1 + random(60);
  const numbers = Array.from({ length: count }, (_, number) => number);
  return {
    topics: numbers.map((topic) => [`topic-${topic}`, text(random, 3)]),
    questions: numbers.map((number) => [
      `${text(random, 3).replace(/\W+/g, "-")}-${number}`,
      random(Math.ceil(count / 5)),
      text(random, 8),
      text(random, 30),
      ...(random(9) === 0 ? ["Dated"] : []),
    ]) as unknown as Data["questions"],
    phrases: numbers.map(() => Array.from({ length: random(4) }, () => text(random, 4)).join("|")),
    siblings:
      count > 3
        ? [
            [0, 2],
            [1, 3],
          ]
        : [],
    synonyms: SYNONYMS,
    stop_words: "what|is|the|a|of|do|does|what is|とは|whether",
  };
}

/** A query in words of the texts, some of them mistyped, run together, half typed or unknown. */
function query(random: Random): string {
  const typed = text(random, 4);
  const at = random(typed.length);
  const other = String.fromCharCode(97 + random(26));
  const changes = [
    typed,
    typed,
    typed.slice(0, at) + typed.slice(at + 1),
    typed.slice(0, at) + other + typed.slice(at + 1),
    typed.slice(0, at) + other + typed.slice(at),
    typed.replaceAll(" ", ""),
    typed.slice(0, at),
    `${typed} `,
    `${typed} ${other.repeat(3)}`,
  ];
  return changes[random(changes.length)] ?? "";
}

/** Whether the last word is so short that a search in pieces tries fewer completions. */
function isShort(asked: string): boolean {
  const [last = ""] = words(asked).slice(-1);
  return last.length < 3 && !isUnspaced(last);
}

function shown({ results, ...found }: Answer): unknown {
  return { ...found, results: results() };
}

for (let seed = 1; seed <= 6; seed++)
  test(`a search in pieces finds what a search in the whole finds, ${seed}`, async () => {
    const random = randomly(seed);
    const data = corpus(random);
    const whole = new Engine(data);
    let made = 0;
    const digest = () => String(made++).padStart(10, "0");
    const { root, files } = inPieces(data, digest, undefined, { words: 60, terms: 600 });
    const read = async (name: string) => JSON.parse(files.get(name) ?? "");
    let engine = new PiecesEngine(JSON.parse(JSON.stringify(root)), read);
    for (let number = 0; number < 30; number++) {
      if (number % 4 === 0) engine = new PiecesEngine(root, read);
      const asked = query(random);
      if (isShort(asked)) continue;
      const finding = await engine.search(asked);
      const first = await finding?.answer(3);
      deepEqual([asked, first?.results(0, 3)], [asked, whole.search(asked).results(0, 3)]);
      const found = await finding?.answer();
      deepEqual([asked, found && shown(found)], [asked, shown(whole.search(asked))]);
    }
  });

const REAL: Data = {
  topics: [["t", "Training"]],
  questions: Array.from({ length: 40 }, (_, at) => [
    `question-${at}`,
    0,
    `What is ${WORDS[at]} number ${at}?`,
    `It is ${WORDS[at + 1]}, or ${WORDS[(at * 7) % WORDS.length]}.`,
  ]),
  phrases: [],
  synonyms: [],
  stop_words: "what|is|it|or",
};

/** The files that are read for queries, one after the other. */
async function reads(queries: readonly string[]): Promise<string[][]> {
  const { root, files } = inPieces(REAL, (text) => text.slice(-12, -2), undefined, {
    words: 20,
    terms: 200,
  });
  const all: string[][] = [];
  const engine = new PiecesEngine(root, async (name) => {
    all.at(-1)?.push(name);
    return JSON.parse(files.get(name) ?? "");
  });
  for (const asked of queries) {
    all.push([]);
    await (await engine.search(asked))?.answer();
  }
  return all;
}

test("files are read once, and few of them", async () => {
  const [first = [], second = []] = await reads(["vanishing gradient", "vanishing gradient"]);
  deepEqual([first.length > 2, first.length < 20, second], [true, true, []]);
});
