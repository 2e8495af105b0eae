// A random question, from the page that lists all; loaded when a reader asks for it.

import { siteUrl } from "../dom/site-url";
import { decoded } from "../dom/urls";
import { unopened } from "./linked-answer";

/** Open a random question on the page of its topic, where its answer is closed. */
export async function random(): Promise<void> {
  const all = await allQuestions(siteUrl("q/"));
  const chosen = all[Math.floor(Math.random() * all.length)];
  if (chosen) location.assign(await onTopicPage(chosen));
}

/** The questions on a page, or on one of the pages of a long list, by chance and their numbers. */
async function allQuestions(listing: URL): Promise<URL[]> {
  const page = await load(listing);
  const to = (link: Element): URL => new URL(link.getAttribute("href") ?? "", listing);
  const parts = [...page.querySelectorAll("article.contents a.moved")];
  if (parts.length === 0)
    return [...page.querySelectorAll("article.alphabet > ul a[href]")].map(to);
  const counts = parts.map((link) => Number.parseInt(link.nextSibling?.textContent ?? "", 10) || 1);
  let left = Math.random() * counts.reduce((sum, count) => sum + count, 0);
  const chosen = parts.find((_, at) => {
    left -= counts[at] ?? 0;
    return left < 0;
  });
  return chosen ? allQuestions(to(chosen)) : [];
}

/** The address at which a question is asked without its answer, by the breadcrumb of its page. */
async function onTopicPage(question: URL): Promise<string> {
  const links = (await load(question)).querySelectorAll(".breadcrumb a[href]");
  const { href, hash } = new URL([...links].at(-1)?.getAttribute("href") ?? "", question);
  return hash ? unopened(href.slice(0, -hash.length), decoded(hash.slice(1))) : href;
}

async function load(url: URL): Promise<Document> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
