// The letters of a list stay in view; the one whose entries are being read is marked.

/** A letter, and the heading that it leads to. */
interface Letter {
  link: HTMLAnchorElement;
  heading: HTMLElement;
}

/** Mark the letter of the entries at the top of the window, now and while the reader scrolls. */
export function enhanceLetters(): void {
  const bar = document.querySelector<HTMLElement>(".letters ul");
  const letters = [...document.querySelectorAll<HTMLElement>(".alphabet h2[id]")].flatMap(
    (heading) => {
      const link = bar?.querySelector<HTMLAnchorElement>(`[href="#${CSS.escape(heading.id)}"]`);
      return link ? [{ heading, link }] : [];
    },
  );
  if (!bar || letters.length === 0) return;
  let marked: HTMLElement | undefined;
  let asked = false;
  const mark = (): void => {
    asked = false;
    const link = readIn(letters, bar)?.link;
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    if (link) center(link, bar);
    marked = link;
  };
  const ask = (): void => {
    if (!asked) requestAnimationFrame(mark);
    asked = true;
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("hashchange", ask);
  ask();
}

function readIn(letters: readonly Letter[], bar: HTMLElement): Letter | undefined {
  const { scrollHeight } = document.documentElement;
  // At the end of the page, the last headings cannot reach the letters.
  if (scrollY > 0 && scrollY + innerHeight > scrollHeight - 2)
    return letters.find(({ link }) => link.hash === location.hash) ?? letters.at(-1);
  const edge = bar.getBoundingClientRect().bottom + 24; // a heading that a link leads to is below it
  return letters.filter(({ heading }) => heading.getBoundingClientRect().top < edge).at(-1);
}

/** Scroll the letters, and nothing else, until one of them is in the middle. */
function center(link: HTMLElement, bar: HTMLElement): void {
  const [one, all] = [link.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollLeft += one.left + one.width / 2 - (all.left + all.width / 2);
}
