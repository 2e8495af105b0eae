/** The absolute URL of a path from the site's root, however deep the current page is. */
export function siteUrl(path: string): URL {
  const root = (document.documentElement.dataset.base ?? ".").replace(/\/*$/, "/");
  return new URL(path, new URL(root, location.href));
}
