import { table } from "../testing/table";
import { QueryReader } from "./query";
import { Synonyms } from "./synonyms";
import { Vocabulary } from "./vocabulary";
import { WEIGHTS } from "./weights";

const STOPS = "how|to|do|i|is|the|what|which|model|how do i|deep nets".split("|");
const counts = new Map(
  Object.entries({ vanishing: 3, gradient: 9, gradients: 2, dropout: 5, feedforward: 1, adam: 1 }),
);
const vocabulary = new Vocabulary(STOPS);
vocabulary.addCompound(["pre", "training"]);
for (const word of [
  ...counts.keys(),
  "feed",
  "forward",
  "clip",
  "modeling",
  "fork",
  "pretraining",
  ..."データは",
])
  vocabulary.add(word);
const synonyms = new Synonyms([
  ["gan", "generative adversarial network"],
  ["clip", "cap"],
  ["拡張", "augmentation"],
]);
const reader = new QueryReader(
  vocabulary,
  synonyms,
  STOPS,
  {
    count: (word) => counts.get(word) ?? 0,
    // The texts have one word without spaces.
    pieces: (run) =>
      run
        .join("")
        .match(/データ|./gu)
        ?.map((piece) => [...piece]) ?? [],
  },
  WEIGHTS,
);

/** The parts of a query; for each all of its readings, the best first. */
function parts(query: string): string[] {
  return reader
    .read(query)
    .parts.map(({ readings }) => readings.map(({ stems }) => stems.join(" ")).join(" | "));
}

table("parts of a query", parts, [
  ["vanishing gradient ", ["vanish", "gradient"]],
  ["How do I clip the gradient?", ["clip | cap", "gradient"]],
  ["what is the ", ["~what", "~is", "~the"]], // stop words alone
  ["", []],
]);

table("parts of a query in a script without spaces", parts, [
  ["データ", ["デ ー タ"]],
  ["データは", ["デ ー タ"]], // beside a word, single characters are particles
  ["は", ["は"]],
  ["データ拡張", ["デ ー タ", "拡 張 | augment"]],
  ["猫", [""]], // nothing has it
  ["データ猫", ["デ ー タ"]],
  ["猫飼育方法データ", ["デ ー タ", ""]], // most of it is unknown
]);

table("typos in a query", parts, [
  ["vanshing gradeint ", ["vanish", "gradient"]],
  ["quokka ", [""]], // a part without a reading: nothing answers it
]);

table("words joined and split as the texts write them", parts, [
  ["drop out ", ["dropout"]],
  ["feed foward ", ["feedforward"]],
  ["gradientclip ", ["gradient", "clip | cap"]],
  ["GradientClip ", ["gradient", "clip | cap"]],
  ["nn.GradientClipV2 ", ["", "gradient", "clip | cap", ""]],
  ["DropOut ", ["dropout"]],
  ["feeed foward ", ["feedforward"]], // with a typo in both
]);

table("words that texts write with and without a hyphen", parts, [
  ["pretraining ", ["pretrain | pre train"]],
  ["pretrained ", ["pretrain | pre train"]],
  ["pre-training ", ["pretrain | pre train"]],
]);

table("half a word that is not the last one", parts, [
  ["forwa gradient ", ["forward", "gradient"]],
  ["van gradient ", ["", "gradient"]], // three letters are the beginning of too much
]);

table("synonyms in a query", parts, [
  ["gan ", ["gan | gener adversari network"]],
  ["generative adversarial networks ", ["gener adversari network | gan"]],
  ["cap ", ["cap | clip"]],
]);

table("the last word while it is being typed", parts, [
  ["vanishing gradi", ["vanish", "gradient | gradient"]],
  ["gradient", ["gradient | gradient"]], // as it is, or gradients
  ["clip model", ["clip | cap", "model"]], // perhaps modeling
]);

table("words of a query that are surely known", (query: string) => reader.read(query).known, [
  ["vanishing gradient ", 2],
  ["gradient quokka ", 1],
  ["clpi gradient ", 1], // a short word easily looks like another one
  ["feedfoward gradient ", 2],
  ["generative adversarial network ", 3],
  ["データ", 3], // a character says as much as a word
  ["deep nets gradient ", 3], // what all texts are about
  ["how do i clip ", 1],
  ["deep nets", 0], // what is left is no stop word, but unknown
]);

table("query as corrected", (query: string) => reader.read(query).corrected, [
  ["vanshing gradient ", "vanishing gradient"],
  ["How do I fix vanshing gradeints?", "fix vanishing gradients"],
  ["feed foward ", "feedforward"],
  ["vanishing gradient ", ""],
  ["データ", ""],
  ["データ gradeint ", "データ gradient"],
  ["drop out ", ""],
  ["vani", ""], // not a typo, but half a word
  ["forw", ""], // even beside a word that is one letter away
  ["quokka ", ""],
]);

table(
  "weights of what a word may mean",
  (query: string) =>
    reader
      .read(query)
      .parts.flatMap(({ readings }) =>
        readings.map(({ stems, weight }) => `${stems.join(" ")} ${weight.toFixed(2)}`),
      ),
  [
    ["gradient ", ["gradient 1.00"]],
    ["gradeint ", ["gradient 0.85"]], // one edit
    ["gradietn ", ["gradient 0.85"]],
    ["clip ", ["clip 1.00", "cap 0.69"]],
  ],
);
