// Readers see which steps of a learning path they have read on this device, and go on from there.

import { announce } from "../dom/announce";
import { button, element } from "../dom/element";
import { answerOf, goTo, questions, whenSeen } from "../dom/page";
import { store, stored, whenStorageMayDiffer } from "../dom/storage";
import { filled } from "../dom/wording";

const READ = "read";
/** How long the end of an answer must be in view for the answer to count as read. */
const DWELL = 1000; // milliseconds
/** So many ids of questions are kept, the latest ones. */
const KEPT = 2000;

/** Note each answer that is read, and show the progress on a path and on a list of paths. */
export function enhanceProgress(): void {
  whenSeen(noteReading);
  whenStorageMayDiffer(show);
  show();
}

function noteReading(): void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const ids = new Map<Element, string>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const id = ids.get(target) ?? "";
      clearTimeout(timers.get(id));
      if (isIntersecting)
        timers.set(
          id,
          setTimeout(() => note(id), DWELL),
        );
    }
  });
  for (const heading of questions()) {
    // While an answer is closed, its end is nowhere.
    const end = answerOf(heading)?.lastElementChild;
    if (!end) continue;
    ids.set(end, heading.id);
    observer.observe(end);
  }
}

function note(id: string): void {
  const read = idsIn(stored(READ));
  if (read.includes(id)) return;
  store(READ, [...read, id].slice(-KEPT).join(" "));
  show();
}

/** The ids in a stored text, which may be anything. */
export function idsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function show(): void {
  const read = new Set(idsIn(stored(READ)));
  for (const length of document.querySelectorAll<HTMLElement>("[data-steps]")) {
    const steps = idsIn(length.dataset.steps ?? "");
    const done = steps.filter((id) => read.has(id)).length;
    length.querySelector("span")?.remove();
    if (done) length.append(element("span", {}, `, ${label(done, steps.length)}`));
  }
  const place = document.querySelector(".progress");
  if (place) showOnPath(place, read);
}

function showOnPath(place: Element, read: ReadonlySet<string>): void {
  const steps = [...document.querySelectorAll<HTMLElement>(".step")];
  for (const step of steps) {
    const number = step.nextElementSibling?.querySelector(".number");
    number?.querySelector("span")?.remove();
    step.classList.toggle("is-read", read.has(step.id));
    if (read.has(step.id)) number?.append(element("span", {}, `, ${WORDS.paths_read}`));
  }
  const done = steps.filter(({ id }) => read.has(id)).length;
  const at = steps.findIndex(({ id }) => !read.has(id));
  const next = steps[at];
  const bar = element("progress", {
    max: String(steps.length),
    value: String(done),
    "aria-label": WORDS.paths_progress,
  });
  place.replaceChildren(bar, element("span", {}, label(done, steps.length)));
  const onward = filled(WORDS.paths_continue, { number: at + 1 });
  if (done && next) place.append(button(onward, () => goTo(next)));
  if (done) place.append(button(WORDS.paths_start_over, () => forget(steps.map(({ id }) => id))));
}

/** Say how many of some steps were read. */
export function label(done: number, all: number): string {
  if (done === all) return WORDS.paths_all_read;
  return filled(WORDS.paths_some_read, { number: done, all });
}

function forget(ids: readonly string[]): void {
  store(
    READ,
    idsIn(stored(READ))
      .filter((id) => !ids.includes(id))
      .join(" "),
  );
  show();
  announce(WORDS.paths_forgotten);
}
