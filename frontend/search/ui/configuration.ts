// What the page says about the site, on its search box.

const box = document.querySelector<HTMLElement>(".bar .search-box");

/** Questions to try, from the site's configuration. */
export const examples = (box?.dataset.examples ?? "").split("|").filter(Boolean);

/** Where to ask for an answer that is not here: a new issue; nowhere if there is no repository. */
export function issue(query: string): string | undefined {
  const repository = box?.dataset.repository ?? "";
  if (!/^https?:\/\//i.test(repository)) return undefined;
  const body = `I searched for:\n\n> ${query}\n\nand did not find it answered. What I would like to know:\n\n`;
  const fields = new URLSearchParams({ title: `Missing answer: ${query}`, body });
  return `${repository.replace(/\/+$/, "")}/issues/new?${fields}`;
}
