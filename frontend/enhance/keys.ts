// Keyboard shortcuts. They ignore keys typed in a field or together with Ctrl, Alt or Command, and
// can be turned off permanently. Their list loads when it is asked for.

import { announce } from "../dom/announce";
import { copyLink } from "../dom/clipboard";
import { isInField, isWithin, onKey } from "../dom/keyboard";
import { barBottom, goTo, questions, textOf } from "../dom/page";
import { assetUrl } from "../dom/urls";
import { toggleAnswer } from "./answers";
import { keysAreOff } from "./key-choice";
import { addressed, MARK, unopened } from "./linked-answer";
import { openRandom } from "./random";

const ACTIONS: Readonly<Record<string, () => boolean>> = {
  "?": showList,
  j: () => move(1),
  k: () => move(-1),
  o: () => toggle(current()),
  // Enter acts on what has the focus, so it needs a focused question.
  Enter: () => toggle(focused()),
  c: copyCurrent,
  r: () => {
    void openRandom();
    return true;
  },
};

/** Listen for shortcuts, and list them when asked to. */
export function listenForKeys(): void {
  document.querySelector("[data-keys]")?.addEventListener("click", () => showList());
  onKey(window, (key, event) => {
    if (keysAreOff() || isInField(event) || isWithin(event, "dialog")) return;
    if (ACTIONS[key]?.()) event.preventDefault();
  });
}

function focused(): HTMLElement | undefined {
  return questions().find((heading) => heading === document.activeElement);
}

/** The question that the reader opened or reached, and has not scrolled away from. */
function reached(): HTMLElement | undefined {
  const marked = questions().filter((heading) => heading.matches(`.${MARK}`));
  return focused() ?? [addressed(), ...marked].find((heading) => heading && isSeen(heading));
}

/** The question reached, else the first in the window, else the one whose long answer fills it. */
function current(): HTMLElement | undefined {
  const all = questions();
  const above = (heading: HTMLElement) => heading.getBoundingClientRect().top < innerHeight;
  return reached() ?? all.find(isSeen) ?? all.filter(above).at(-1) ?? all[0];
}

function isSeen(heading: HTMLElement): boolean {
  const { top, bottom } = heading.getBoundingClientRect();
  return bottom > barBottom() && top < innerHeight;
}

function move(by: 1 | -1): boolean {
  const all = questions();
  const from = current();
  if (!from || all.length < 2) return turn(by);
  // The first `j` goes to the question in the window, not to the one after it.
  const next = by > 0 && !reached() ? from : all[all.indexOf(from) + by];
  if (!next) return turn(by);
  goTo(next);
  return true;
}

/** Go to the next page or to the end of the previous one. */
function turn(by: 1 | -1): boolean {
  const link = document.querySelector<HTMLAnchorElement>(
    `.pager [rel=${by > 0 ? "next" : "prev"}]`,
  );
  if (link && by < 0 && link.closest(".questions")) location.assign(unopened(link.href));
  else link?.click();
  return link !== null;
}

function toggle(heading: HTMLElement | undefined): boolean {
  return heading !== undefined && toggleAnswer(heading);
}

function copyCurrent(): boolean {
  const question = current();
  if (question) void copyLink(question.id, textOf(question));
  return question !== undefined;
}

function showList(): boolean {
  import(assetUrl("key-list.js")).then(
    ({ showList }: typeof import("./list-of-keys")) => showList(),
    () => announce(WORDS.shortcuts_failed),
  );
  return true;
}
