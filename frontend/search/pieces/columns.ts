// Numbers as text. Small ones take a character, and a column of similar ones compresses well.

/** Numbers below it take one character; it is how many characters there are, twice. */
const BASE = 45;
/** The first character, behind the quotation mark. */
const FIRST = 35;
const BACKSLASH = 92;

/** The code of the character for a digit from 0 to 89: none that JSON would escape. */
function codeOf(digit: number): number {
  const code = FIRST + digit;
  return code < BACKSLASH ? code : code + 1;
}

/** Collects numbers. */
export class ColumnWriter {
  #codes = new Uint8Array(64);
  length = 0;

  get text(): string {
    return new TextDecoder().decode(this.#codes.subarray(0, this.length));
  }

  /** Add a digit from 0 to 89. */
  digit(digit: number): void {
    if (this.length === this.#codes.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.#codes);
      this.#codes = longer;
    }
    this.#codes[this.length++] = codeOf(digit);
  }

  /** Add a number from 0 on. */
  number(number: number): void {
    let rest = number;
    for (; rest >= BASE; rest = Math.floor(rest / BASE) - 1) this.digit(BASE + (rest % BASE));
    this.digit(rest);
  }
}

/** Reads numbers, one after the other. */
export class Column {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  digit(): number {
    const code = this.#text.charCodeAt(this.#at++);
    return code - FIRST - (code > BACKSLASH ? 1 : 0);
  }

  number(): number {
    let number = 0;
    let worth = 1;
    for (let digit = this.digit(); ; digit = this.digit()) {
      if (digit < BASE) return number + digit * worth;
      number += (digit - BASE) * worth + worth * BASE;
      worth *= BASE;
    }
  }
}

/** Most letters in common with the word before that are left out; its character is no bar. */
const MOST = 80;

/** Join words; each starts with the number of letters that it has in common with the one before. */
export function shortened(words: readonly string[]): string {
  let before = "";
  const short = words.map((word) => {
    let length = 0;
    while (length < MOST && length < word.length && word[length] === before[length]) length++;
    before = word;
    return String.fromCharCode(codeOf(length)) + word.slice(length);
  });
  return short.join(" ");
}

/** The words that were joined. */
export function lengthened(text: string): string[] {
  let before = "";
  if (text === "") return [];
  return text.split(" ").map((short) => {
    before = before.slice(0, new Column(short).digit()) + short.slice(1);
    return before;
  });
}
