// Formulas as readable text, as in scripts/qna/markdown/formulas/plain_text.py; both are tested with the same ones.

/** What is needed of a MathML element. */
export interface Part {
  localName: string;
  textContent: string | null;
  children: ArrayLike<Part>;
}

/** Signs above a letter, to the characters that join with the letter before them. */
const ACCENTS: Readonly<Record<string, string>> = {
  "\u02c6": "\u0302",
  "\u00af": "\u0304",
  "\u203e": "\u0304",
  "\u02dc": "\u0303",
  "\u20d7": "\u20d7",
  "\u2192": "\u20d7",
  "\u02d9": "\u0307",
};
const PRIMES = "\u2032\u2033\u2034";
const SPACED = "+-\u2212=<>≤≥≈≠∼←→⇒↦⋅×±∈∉⊂⊆∪∩";
const APPLY = /\u2061(?=\()/g;
const INVISIBLE = /[\u2062\u2063]/g;

const SHAPES: Readonly<Record<string, (...parts: string[]) => string>> = {
  mfrac: (above, below) => `${grouped(above)}/${grouped(below)}`,
  mroot: (base, index) => `${grouped(base)}^(1/${index})`,
  msqrt: (...parts) => `√${grouped(parts.join(""))}`,
  msub: (base, below) => `${base}_${grouped(below)}`,
  munder: (base, below) => `${base}_${grouped(below)} `,
  msup: raised,
  mover: raised,
  msubsup: (base, below, above) => `${base}_${grouped(below)}^${grouped(above)}`,
  munderover: (base, below, above) => `${base}_${grouped(below)}^${grouped(above)} `,
  mspace: () => " ",
  mtable: (...rows) => rows.filter(Boolean).join("; "),
  mtr: (...cells) => cells.filter(Boolean).join(" "),
};

/** A `<math>` element as text on one line, such as `(a + b)/2`. */
export function formulaText(math: Part): string {
  const text = lineOf(math).replace(APPLY, "").replaceAll("\u2061", " ");
  return text.normalize("NFC").trim().replace(/\s+/g, " ");
}

function lineOf(part: Part): string {
  const text = part.textContent ?? "";
  if (part.localName === "mo")
    return text && SPACED.includes(text) ? ` ${text} ` : text.replace(INVISIBLE, "");
  const parts = Array.from(part.children, lineOf);
  const shape = SHAPES[part.localName];
  if (shape) return shape(...parts);
  return parts.length > 0 ? parts.join("") : text;
}

function raised(base = "", above = ""): string {
  const accent = ACCENTS[above];
  if (accent) return base + accent;
  return base + (above && PRIMES.includes(above) ? above : `^${grouped(above)}`);
}

function grouped(text = ""): string {
  const line = text.trim().replace(/\s+/g, " ");
  return /^(.|[\p{L}\p{N}\p{M}_.\u221e\u2032]*)$/u.test(line) ? line : `(${line})`;
}
