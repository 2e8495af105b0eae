// Light or dark: as the site or else the device prefers, until the reader chooses.

import { store, stored, whenStorageMayDiffer } from "../dom/storage";

const CHOICE = "theme"; // also read in partials/start.html, before the first paint

/** Make the button switch between light and dark. */
export function enhanceTheme(): void {
  const button = document.querySelector<HTMLElement>(".bar .theme");
  const bars = document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const { preset } = document.documentElement.dataset;
  if (!button) return; // the site is only light, or only dark
  const isUsuallyDark = (): boolean => (preset ? preset === "dark" : device.matches);
  const isDark = (): boolean => {
    const chosen = stored(CHOICE);
    return chosen ? chosen === "dark" : isUsuallyDark();
  };
  const show = (): void => {
    const chosen = stored(CHOICE) || preset;
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    button.setAttribute("aria-pressed", String(isDark()));
    // The first is for light, the second for dark.
    bars.forEach((meta, at) => {
      meta.media = at === Number(isDark()) ? "all" : "not all";
    });
  };
  button.addEventListener("click", () => {
    const dark = !isDark();
    // A choice that equals the device's follows the device from now on.
    store(CHOICE, dark === isUsuallyDark() ? "" : dark ? "dark" : "light");
    show();
  });
  device.addEventListener("change", show);
  whenStorageMayDiffer(show);
  show();
}
