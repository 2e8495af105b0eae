// Code and tables wider than the window need the focus to be scrolled by keyboard.

/** Let Tab reach code and tables that scroll sideways, and only those. */
export function enhanceScrolling(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll("article :is(pre, table)")) observer.observe(wide);
}
