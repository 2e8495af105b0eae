// An old address leads on, with the part behind `#`, which no redirect of a static site keeps.

const target = document.querySelector<HTMLAnchorElement>("a.moved");
if (target) location.replace(target.href + location.hash);
