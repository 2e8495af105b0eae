import { element } from "./element";

/** Time to notice a message and to read each of its characters, in milliseconds. */
const NOTICED = 2500;
const READ = 50;

let hide: ReturnType<typeof setTimeout> | undefined;

/** Show a message for some time, and have screen readers say it, without moving the focus. */
export function announce(message: string, shownFor = NOTICED + READ * message.length): void {
  const status = region();
  clearTimeout(hide);
  // Screen readers say nothing if the text stays the same.
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = message;
    status.classList.add("is-shown");
  });
  hide = setTimeout(() => status.classList.remove("is-shown"), shownFor);
}

function region(): HTMLElement {
  // Behind an open dialog, the message could be neither seen nor heard.
  const parent = document.querySelector("dialog[open]") ?? document.body;
  const found = document.querySelector<HTMLElement>(".announcement");
  if (found?.parentElement === parent) return found;
  found?.remove();
  const status = element("div", { class: "announcement", role: "status" });
  parent.append(status);
  return status;
}
