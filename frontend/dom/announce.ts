import { element } from "./element";

const SHOWN_FOR = 4000; // milliseconds

let hide: ReturnType<typeof setTimeout> | undefined;

/** Say something on the page and to a screen reader, without moving the focus. */
export function announce(message: string): void {
  const status = region();
  clearTimeout(hide);
  // A region that already says the same would stay silent.
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = message;
    status.classList.add("is-shown");
  });
  hide = setTimeout(() => status.classList.remove("is-shown"), SHOWN_FOR);
}

function region(): HTMLElement {
  // What lies below an open dialog is neither seen nor heard.
  const place = document.querySelector("dialog[open]") ?? document.body;
  const found = document.querySelector<HTMLElement>(".announcement");
  if (found?.parentElement === place) return found;
  found?.remove();
  const status = element("div", { class: "announcement", role: "status" });
  place.append(status);
  return status;
}
