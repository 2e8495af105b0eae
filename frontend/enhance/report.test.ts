import { table } from "../testing/table";
import { report } from "./report";

const MOST = 1500;

table(
  "a report quotes a short answer whole, and asks what is wrong",
  (answer: string) => report("rye", "Rye?", answer, "Current answer:"),
  [
    [
      "A grain.\n\nAnd a grass.",
      "Question `rye`: Rye?\n\nCurrent answer:\n\n> A grain.\n>\n> And a grass.\n\n" +
        "What is wrong (with a source, if possible):\n",
    ],
  ],
);

/** Whether a report on a long answer takes what room there is, and quotes only its start. */
function isCut(answer: string): boolean {
  const text = report("rye", "Rye?", answer.trim(), "Current answer:");
  const size = encodeURIComponent(text).length;
  const quotes = text.includes(`> ${answer.slice(0, 4).trim()}`);
  return MOST - 60 < size && size <= MOST && quotes && text.includes("…\n\nWhat is wrong");
}

table("a report quotes the start of a long answer", isCut, [
  ["much rye ".repeat(900), true],
  ["ж".repeat(900), true],
  ["面包 ".repeat(300), true],
  ["🍞".repeat(300), true],
  ["line\n\n".repeat(300), true],
]);
