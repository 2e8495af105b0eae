// Keyboard shortcuts. They ignore keys typed in a field or together with Ctrl, Alt or Command, and
// can be turned off permanently.

import { announce } from "../dom/announce";
import { copyLink } from "../dom/clipboard";
import { closeFromOutside } from "../dom/dialog";
import { button, element } from "../dom/element";
import { isInField, isWithin, onKey } from "../dom/keyboard";
import { barBottom, goTo, questions, textOf } from "../dom/page";
import { store, stored } from "../dom/storage";
import { toggleAnswer } from "./answers";
import { addressed, MARK, unopened } from "./linked-answer";
import { openRandom } from "./random";

const CHOICE = "keys-off";
const HELP: readonly (readonly [keys: string, does: string])[] = [
  ["/", WORDS.shortcuts_search],
  ["j k", WORDS.shortcuts_move],
  [`o ${WORDS.shortcuts_enter}`, WORDS.shortcuts_toggle],
  ["c", WORDS.shortcuts_link],
  ["r", WORDS.shortcuts_random],
  ["?", WORDS.shortcuts_list],
];

const ACTIONS: Readonly<Record<string, () => boolean>> = {
  "?": showHelp,
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

/** Whether the reader turned the shortcuts off (WCAG 2.1.4); `/` is one of them. */
export function keysAreOff(): boolean {
  return stored(CHOICE) !== "";
}

/** Listen for shortcuts, and list them when asked to. */
export function listenForKeys(): void {
  document.querySelector("[data-keys]")?.addEventListener("click", () => showHelp());
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

function showHelp(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.notice") ?? build();
  dialog.showModal();
  return true;
}

function build(): HTMLDialogElement {
  const title = element("h2", { id: "keys-title" }, WORDS.shortcuts_title);
  const rows = HELP.flatMap(([keys, does]) => [
    element("dt", {}, ...keys.split(" ").map((key) => element("kbd", {}, key))),
    element("dd", {}, does),
  ]);
  const label = (): string => (keysAreOff() ? WORDS.shortcuts_turn_on : WORDS.shortcuts_turn_off);
  const onOff = button(label(), () => {
    store(CHOICE, keysAreOff() ? "" : "off");
    onOff.textContent = label();
    announce(keysAreOff() ? WORDS.shortcuts_are_off : WORDS.shortcuts_are_on);
  });
  const dialog = element(
    "dialog",
    { class: "notice", "aria-labelledby": title.id },
    title,
    element("dl", {}, ...rows),
    element(
      "form",
      { method: "dialog" },
      onOff,
      element("button", { autofocus: "" }, WORDS.shortcuts_close),
    ),
  );
  closeFromOutside(dialog);
  document.body.append(dialog);
  return dialog;
}
