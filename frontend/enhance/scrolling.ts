// Code, tables and formulas wider than their column need the focus to be scrolled by keyboard.

/** Let Tab reach code, tables and formulas that scroll sideways, and only those. */
export function enhanceScrolling(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll("article :is(pre, table, .formula)"))
    observer.observe(wide);
}
