// Code and tables that are wider than the window: to be scrolled by keyboard, they take the focus.

/** Let what scrolls sideways, and only that, be reached by Tab. */
export function enhanceScrolling(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll("article :is(pre, table)")) observer.observe(wide);
}
