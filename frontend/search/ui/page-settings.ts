// What the search needs to know about the site: attributes of the search box in the bar.

const box = document.querySelector<HTMLElement>(".bar .search-box");

/** Example queries, from mkdocs.yml. */
export const examples = (box?.dataset.examples ?? "").split("|").filter(Boolean);

/** Address of a new issue that asks for an answer; undefined without a repository. */
export function issueUrl(query: string): string | undefined {
  const repository = box?.dataset.repository ?? "";
  if (!/^https?:\/\//i.test(repository)) return undefined;
  const body = `I searched for:\n\n> ${query}\n\nand did not find an answer. What I would like to know:\n\n`;
  const fields = new URLSearchParams({ title: `Missing answer: ${query}`, body });
  return `${repository.replace(/\/+$/, "")}/issues/new?${fields}`;
}
