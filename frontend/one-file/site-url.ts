// Replaces dom/site-url.ts in the one file, where every page of the site is a place.

const PAGE = /^(q|topics|paths)\/(?:([^/?#]+)\/)?$/;
const KINDS: Readonly<Record<string, string>> = { q: "q", topics: "topic", paths: "path" };
/** Places of the pages that list others, and of those without any. */
const LISTS: Readonly<Record<string, string>> = {
  q: "contents",
  topics: "contents",
  paths: "paths",
};

/** The URL of the place that has what the site has at a path. */
export function siteUrl(path: string): URL {
  const [address = "", fragment = ""] = path.split("#");
  const [, folder, id] = PAGE.exec(address) ?? [];
  if (fragment) return here(fragment);
  if (folder) return here(id ? `${KINDS[folder]}-${id}` : (LISTS[folder] ?? ""));
  // What is stored on the device is named by the site: files may be moved, and a browser may
  // take all of them for one site.
  return new URL(`/${document.documentElement.dataset.site}/${path}`, "file:///");
}

function here(place: string): URL {
  const url = new URL(location.href);
  url.search = "";
  url.hash = place;
  return url;
}
