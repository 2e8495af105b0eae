/** The absolute address of the site's root, however deep the page lies. */
export const siteRoot = new URL(
  (document.documentElement.dataset.base ?? ".").replace(/\/*$/, "/"),
  location.href,
);
