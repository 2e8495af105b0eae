// The parts of a question's page: question, answer and note, as they are shown there.

import { answerOf } from "../../dom/page";
import { questionUrl } from "../../dom/urls";

export interface Card {
  readonly question: readonly Node[];
  /** The answer, and how far it can be trusted. */
  readonly answer: readonly Node[];
  /** Empty if there is no note. */
  readonly note: readonly Node[];
}

const ADDRESSES = ["href", "src"] as const;

const loading = new Map<string, Promise<Card>>();

/** Load a question, unless it was loaded before. */
export function load(id: string): Promise<Card> {
  const card = loading.get(id) ?? fetchCard(id);
  loading.set(id, card);
  card.catch(() => loading.delete(id));
  return card;
}

async function fetchCard(id: string): Promise<Card> {
  const response = await fetch(questionUrl(id));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  resolve(page, response.url);
  await Promise.all(missingStyles(page).map(added));
  return cardOn(page);
}

function cardOn(page: Document): Card {
  const heading = page.querySelector("article h1[id]");
  const answer = answerOf(heading);
  if (!heading || !answer) throw new Error("no question");
  for (const extra of page.querySelectorAll("article .headerlink")) extra.remove();
  const trust = page.querySelector("article .trust");
  return {
    question: [...heading.childNodes],
    answer: [...contentOf(answer), ...(trust ? [trust] : [])],
    note: noteOn(page),
  };
}

function contentOf(answer: Element): Node[] {
  return [...answer.childNodes].filter(
    (node) => !(node instanceof Element && node.matches(".admonition-title")),
  );
}

/** What follows the title of the note, up to the lists below it. */
function noteOn(page: Document): Node[] {
  const found: Node[] = [];
  let next = page.querySelector("article #note")?.nextElementSibling;
  while (next && !next.matches("h2, .pager")) {
    found.push(next);
    next = next.nextElementSibling;
  }
  return found;
}

/** Make the addresses on a page absolute, except those of places in it. */
function resolve(page: Document, base: string): void {
  for (const name of ADDRESSES)
    for (const found of page.querySelectorAll(`[${name}]`)) {
      const address = found.getAttribute(name) ?? "";
      if (!address.startsWith("#")) found.setAttribute(name, new URL(address, base).href);
    }
}

/** The addresses of styles that the page of a question has and this one lacks, as for formulas. */
function missingStyles(page: Document): string[] {
  const here = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  const known = new Set(here.map(({ href }) => href));
  const links = page.querySelectorAll("link[rel=stylesheet]");
  return [...links].map((link) => link.getAttribute("href") ?? "").filter((url) => !known.has(url));
}

function added(href: string): Promise<unknown> {
  const link = document.createElement("link");
  const done = new Promise((settle) => {
    for (const event of ["load", "error"]) link.addEventListener(event, settle);
  });
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return done;
}
