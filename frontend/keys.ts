// Keys for readers who like them. They never take a letter that is being typed, nor one together
// with Ctrl, Alt or Command, and can be switched off for good.

import { announce } from "./announce";
import { openRandom } from "./random";
import { copy, questionUrl } from "./share";
import { store, stored } from "./stored";

const OFF = "keys-off";
const TYPING = "input, textarea, select, [contenteditable], dialog";
const HELP: readonly (readonly [keys: string, does: string])[] = [
  ["/", "search"],
  ["j k", "next and previous question"],
  ["o", "open or close the answer"],
  ["c", "copy the link of the question"],
  ["r", "a random question"],
  ["?", "this list"],
];

export function listenForKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TYPING)) return;
    const action = event.key === "?" ? showHelp : stored(OFF) ? undefined : ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  j: () => move(1),
  k: () => move(-1),
  o: toggle,
  c: copyLink,
  r: () => void openRandom(),
};

/** The headings of the questions on the page. */
function questions(): HTMLElement[] {
  const headings = document.querySelectorAll<HTMLElement>(".md-content :is(h1, h2, h3)[id]");
  return [...headings].filter((heading) => answerOf(heading));
}

function answerOf(heading: HTMLElement): HTMLElement | undefined {
  for (const next of [heading.nextElementSibling, heading.nextElementSibling?.nextElementSibling])
    if (
      next instanceof HTMLElement &&
      next.matches(":is(details, .admonition):is(.answer, .story)")
    )
      return next;
  return undefined;
}

/** The question that has the focus, or the last above the middle of the window. */
function current(): HTMLElement | undefined {
  const all = questions();
  const focused = all.find((heading) => heading === document.activeElement);
  return (
    focused ?? all.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2).at(-1)
  );
}

function move(by: 1 | -1): void {
  const all = questions();
  if (all.length < 2) {
    document.querySelector<HTMLAnchorElement>(`.pager [rel=${by > 0 ? "next" : "prev"}]`)?.click();
    return;
  }
  const now = all.findIndex((heading) => heading === document.activeElement);
  const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

function toggle(): void {
  const heading = current();
  const answer = heading && answerOf(heading);
  if (answer instanceof HTMLDetailsElement) answer.open = !answer.open;
}

function copyLink(): void {
  const id = current()?.id;
  if (id) void copy(questionUrl(id).href, "Link copied");
}

function showHelp(): void {
  const found = document.querySelector<HTMLDialogElement>("dialog.keys") ?? build();
  found.showModal();
}

function build(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = Object.assign(document.createElement("h2"), {
    id: "keys-title",
    textContent: "Keys",
  });
  const list = document.createElement("dl");
  for (const [keys, does] of HELP) {
    const term = document.createElement("dt");
    for (const key of keys.split(" "))
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: does }));
  }
  const onOff = button("", () => {
    store(OFF, stored(OFF) ? "" : "off");
    label();
    announce(stored(OFF) ? "Keys are off" : "Keys are on");
  });
  const label = (): void => {
    onOff.textContent = stored(OFF) ? "Switch the keys on" : "Switch the keys off";
  };
  label();
  dialog.append(
    title,
    list,
    onOff,
    button("Close", () => dialog.close()),
  );
  document.body.append(dialog);
  return dialog;
}

function button(label: string, pressed: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", pressed);
  return made;
}
