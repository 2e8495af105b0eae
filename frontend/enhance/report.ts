// A report of a mistake says which question it is about and quotes the answer, in the address of a form.
// Without scripts, it has only its title.

import { answerOf, textOf } from "../dom/page";
import { filled } from "../dom/wording";

/** Most characters of a report in an address; forges and proxies refuse long ones. */
const MOST = 1500;

/** Have the link of a question page that reports a mistake prepare the text. */
export function enhanceReport(): void {
  const link = document.querySelector<HTMLAnchorElement>("a.report");
  const heading = document.querySelector("article h1[id]");
  if (!link || !heading) return;
  const answer = answerOf(heading);
  const kind = answer?.matches(".story")
    ? WORDS.reports_current_prompt
    : WORDS.reports_current_answer;
  const body = link.search.includes("issue[title]") ? "issue[description]" : "body";
  const text = report(heading.id, textOf(heading), textOf(answer), kind);
  link.href += `&${body}=${encodeURIComponent(text)}`;
}

/** The start of a report: the question, and its answer, of this kind, as a quote. */
export function report(id: string, question: string, answer: string, kind: string): string {
  const opening = filled(WORDS.reports_mistake_question, { id: `\`${id}\``, question });
  const before = `${opening}\n\n${kind}\n\n`;
  const after = `\n\n${WORDS.reports_what_is_wrong}\n`;
  const quote = answer
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  return before + fitting(quote, MOST - size(before + after)) + after;
}

/** As much of a text as takes `room` characters in an address. */
function fitting(text: string, room: number): string {
  if (size(text) <= room) return text;
  let left = room - size("…");
  let start = "";
  for (const char of text) {
    left -= size(char);
    if (left < 0) break;
    start += char;
  }
  const words = start.slice(0, Math.max(0, start.lastIndexOf(" ")));
  return `${words.length > start.length / 2 ? words : start}…`;
}

function size(text: string): number {
  return encodeURIComponent(text).length;
}
