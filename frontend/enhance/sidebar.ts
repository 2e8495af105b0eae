// A long list of pages scrolls by itself; where it begins says nothing of where the reader is.

/** Show the part of the sidebar around the page at hand. */
export function enhanceSidebar(): void {
  const sidebar = document.querySelector(".sidebar");
  const here = sidebar?.querySelector<HTMLElement>("[aria-current]");
  if (sidebar && here) sidebar.scrollTop = here.offsetTop - sidebar.clientHeight / 2;
}
