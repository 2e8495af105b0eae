// An open page may be older than the site: after a deployment, its parts of the search are gone.
// A fresh page has its own, so the search is repeated there, once.

import { addressOf } from "./query-in-address";

const MARK = "searchIsRepeated";
const PATIENCE = 5000; // milliseconds
// Keys that are pressed while a page loads are lost.
const PAUSE = 600; // milliseconds without typing

const isRepeat = takeMark();
let repeating: Promise<boolean> | undefined;

/** Whether this page was loaded to repeat a search. The mark does not outlast a reload by the reader. */
function takeMark(): boolean {
  const { [MARK]: marked = false, ...others } = history.state ?? {};
  if (marked) history.replaceState(others, "");
  return marked === true;
}

/** Repeat the search on a fresh page when the reader pauses; false if it is one, or none can load. */
export function repeatOnce(input: HTMLInputElement): Promise<boolean> {
  repeating ??= tryToRepeat(input).finally(() => {
    repeating = undefined;
  });
  return repeating;
}

async function tryToRepeat(input: HTMLInputElement): Promise<boolean> {
  if (isRepeat || !(await isReachable())) return false;
  await pauseWithText(input);
  return repeat(input);
}

/** Load this page again and search there; false if the site cannot be reached. */
export async function repeat(input: HTMLInputElement): Promise<boolean> {
  if (!(await isReachable())) return false;
  history.replaceState({ ...history.state, [MARK]: true }, "", addressOf(input.value.trim()));
  location.reload();
  return true;
}

/** Without a connection, this page is better than none. */
async function isReachable(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const { status } = await fetch(location.href, { method: "HEAD", cache: "no-store", signal });
    return status < 500; // this page may be gone, but the one in its place has a search
  } catch {
    return false;
  }
}

function pauseWithText(input: HTMLInputElement): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (event?: Event): void => {
      clearTimeout(timer);
      const composing = event instanceof InputEvent && event.isComposing;
      if (input.value.trim() && !composing) timer = setTimeout(resolve, PAUSE);
    };
    input.addEventListener("input", wait);
    input.addEventListener("compositionend", wait);
    input.form?.addEventListener("submit", () => resolve());
    wait();
  });
}
