/** Words of the interface in the site's language. Each is bundled in the place where it is used. */
declare const WORDS: typeof import("./words.json");
