// What the search needs to know about the site: what the bar of each page has.

import { filled } from "../../dom/wording";

const box = document.querySelector<HTMLElement>(".bar .search-box");
const forge = document.querySelector<HTMLElement>(".bar .repository");

/** Example queries, from mkdocs.yml. */
export const examples = (box?.dataset.examples ?? "").split("|").filter(Boolean);

/** Address of a new issue that asks for an answer; undefined without a repository. */
export function issueUrl(query: string): string | undefined {
  const repository = forge?.getAttribute("href") ?? "";
  if (!/^https?:\/\//i.test(repository)) return undefined;
  const body = `${WORDS.reports_missing_query}\n\n> ${query}\n\n${WORDS.reports_missing_answer}\n\n`;
  const title = filled(WORDS.reports_missing_title, { query });
  const fields = new URLSearchParams({ title, body });
  return `${repository.replace(/\/+$/, "")}/issues/new?${fields}`;
}
