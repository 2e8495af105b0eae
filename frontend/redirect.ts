// Redirect an old address and keep its fragment, which a redirect without scripts would drop.

const target = document.querySelector<HTMLAnchorElement>("a.moved");
if (target) location.replace(target.href + location.hash);
