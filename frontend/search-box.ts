/** Let what looks like a search box open the search; without scripts it is a link to all questions. */
export function enhanceSearchBoxes(): void {
  for (const box of document.querySelectorAll<HTMLAnchorElement>("a.search-box")) {
    box.setAttribute("role", "button");
    box.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      openSearch();
    });
  }
}

function openSearch(): void {
  const opener = document.querySelector<HTMLElement>(".md-search__button, .md-search__input");
  if (opener instanceof HTMLInputElement) opener.focus();
  else opener?.click();
}
