/** The absolute address of the site's root, however deep the first page lies. */
export const siteRoot = new URL(engineBase().replace(/\/*$/, "/"), location.href);

function engineBase(): string {
  const config = document.getElementById("__config")?.textContent;
  return config ? (JSON.parse(config) as { base: string }).base : ".";
}
