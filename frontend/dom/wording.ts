// Words of the interface with values in place of their placeholders, such as `{title}`.

type Values<Value> = Readonly<Record<string, Value>>;

/** A text in parts, with values in the place of its placeholders. */
export function parts<Value>(text: string, values: Values<Value>): (Value | string)[] {
  return text.split(/[{}]/).map((part, at) => (at % 2 ? (values[part] as Value) : part));
}

/** A text with values in the place of its placeholders; the digits of numbers are grouped. */
export function filled(text: string, values: Values<string | number>): string {
  return parts(text, values)
    .map((part) => part.toLocaleString(WORDS.language))
    .join("");
}

/** The form of a text for a number, with the number as `{count}` and other values in place. */
export function counted(
  forms: { readonly other: string },
  count: number,
  values?: Values<string | number>,
): string {
  const category = new Intl.PluralRules(WORDS.language).select(count);
  const all = forms as Readonly<Record<string, string>>;
  return filled(all[count] ?? all[category] ?? forms.other, { count, ...values });
}
