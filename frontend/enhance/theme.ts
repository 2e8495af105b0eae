// Light or dark: as the device says, until the reader says otherwise.

import { store, stored, whenChosenElsewhere } from "../dom/storage";

const CHOICE = "theme"; // which the page reads as it starts, too

/** Bring the button that switches between light and dark to life. */
export function enhanceTheme(): void {
  const button = document.querySelector<HTMLElement>(".bar .theme");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean => {
    const chosen = stored(CHOICE);
    return chosen ? chosen === "dark" : device.matches;
  };
  const show = (): void => {
    const chosen = stored(CHOICE);
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    button?.setAttribute("aria-pressed", String(isDark()));
  };
  button?.addEventListener("click", () => {
    const dark = !isDark();
    // Who wants what the device wants follows the device.
    store(CHOICE, dark === device.matches ? "" : dark ? "dark" : "light");
    show();
  });
  device.addEventListener("change", show);
  whenChosenElsewhere(show);
  show();
}
