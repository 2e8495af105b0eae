// The practice page. No other page loads this.

import { button, element } from "./dom/element";
import { whenSeen } from "./dom/page";
import { open } from "./practice/ui/page";

const place = document.querySelector<HTMLElement>(".practice");

async function start(into: HTMLElement): Promise<void> {
  try {
    await open(into);
  } catch (error) {
    console.error(error);
    const again = button(WORDS.practice_try_again, () => void start(into));
    into.replaceChildren(element("p", { role: "alert" }, WORDS.practice_failed, " ", again));
  }
}

if (place) whenSeen(() => void start(place));
