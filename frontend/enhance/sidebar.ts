// The sidebar scrolls separately, so its current page may be out of view.

/** Scroll the sidebar to the current page. */
export function enhanceSidebar(): void {
  const sidebar = document.querySelector(".sidebar");
  const current = sidebar?.querySelector<HTMLElement>("[aria-current]");
  if (sidebar && current) sidebar.scrollTop = current.offsetTop - sidebar.clientHeight / 2;
}
