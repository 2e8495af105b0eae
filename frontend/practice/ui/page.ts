// The practice page: its views, one at a time, and what it keeps.

import { element } from "../../dom/element";
import { siteUrl } from "../../dom/site-url";
import { key } from "../../dom/storage";
import { ANSWERS } from "../../own-answers/stored";
import { Saved } from "../../saved/saved";
import { DATA, Deck } from "../deck";
import * as session from "../session";
import { REVIEWS } from "../stored";
import type { App, Source } from "./app";
import { asking, interviewing, listen, stopListening } from "./asking";
import { load as loadCard } from "./card";
import { notices } from "./notices";
import { overview, practice } from "./overview";
import { summary } from "./summary";

/** Fill the page's place for practice. */
export async function open(place: HTMLElement, source: Source = SITE): Promise<void> {
  const deck = new Deck(await source.data());
  const page = new Page(place, deck, source);
  page.begin();
}

/** The site that the page is on. */
const SITE: Source = { data: loadData, card: loadCard };

async function loadData(): Promise<unknown> {
  const response = await fetch(siteUrl(DATA), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.json();
}

class Page implements App {
  readonly reviews = new Saved(REVIEWS);
  readonly answers = new Saved(ANSWERS);
  readonly #view = element("div", { class: "practice__view" });
  /** The session that is shown. */
  #session: session.Session | undefined;
  #isSummary = false;

  constructor(
    readonly place: HTMLElement,
    readonly deck: Deck,
    readonly source: Source,
  ) {
    this.place.replaceChildren(notices(this), this.#view);
    const refresh = (): void => {
      if (!this.#session && !this.#isSummary) this.#show(overview(this));
    };
    this.reviews.whenChanged(refresh);
    this.answers.whenChanged(refresh);
    listen();
  }

  /** Show what the address asks for, the session before a reload, or the start. */
  begin(): void {
    const group = this.#asked();
    const kept = session.parse(storedSession(), (id) => this.deck.current(id));
    if (group) practice(this, group);
    else if (kept) this.go(kept);
    else this.#show(overview(this));
  }

  card(id: string): ReturnType<Source["card"]> {
    return this.source.card(id);
  }

  overview(): void {
    this.#keep(undefined);
    this.#isSummary = false;
    stopListening();
    this.#show(overview(this));
    this.place.closest("article")?.querySelector("h1")?.scrollIntoView({ block: "nearest" });
  }

  go(next: session.Session): void {
    const isOver = next.queue.length === 0 && !session.isAsking(next);
    this.#isSummary = isOver;
    if (isOver && next.graded.length === 0) {
      this.overview();
      return;
    }
    this.#keep(isOver ? undefined : next);
    stopListening();
    if (session.isAsking(next)) this.#show(interviewing(this, next));
    else this.#show(isOver ? summary(this, next) : asking(this, next));
    if (isOver) this.#view.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  #show(view: HTMLElement): void {
    const isOverview = view.matches(".practice__overview");
    document.documentElement.classList.toggle("is-practicing", !isOverview);
    this.#view.replaceChildren(view);
  }

  #keep(next: session.Session | undefined): void {
    this.#session = next;
    try {
      if (next) sessionStorage.setItem(key(session.NAME), session.dump(next));
      else sessionStorage.removeItem(key(session.NAME));
    } catch {
      // Without storage, the session lasts as long as the page.
    }
  }

  /** The group that the address asks for, once. */
  #asked(): ReturnType<Deck["group"]> {
    const url = new URL(location.href);
    for (const kind of ["topic", "path"]) {
      const id = url.searchParams.get(kind);
      if (id === null) continue;
      history.replaceState(history.state, "", url.pathname);
      return this.deck.group(kind, id);
    }
    return undefined;
  }
}

function storedSession(): string {
  try {
    return sessionStorage.getItem(key(session.NAME)) ?? "";
  } catch {
    return "";
  }
}
