// Puts values into the page's texts. Another language is another file like en.js.
import texts from "./en.js";

export const LANGUAGE = "en";
const plural = new Intl.PluralRules(LANGUAGE);
const number = new Intl.NumberFormat(LANGUAGE);

/** The text of this key; `{name}` in it becomes the value of that name, and `count` chooses the plural. */
export function t(key, values = {}) {
  const found = texts[key];
  if (found === undefined) throw new Error(`There is no text ${key}.`);
  const text = typeof found === "string" ? found : (found[plural.select(values.count)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name];
    return typeof value === "number" ? number.format(value) : (value ?? all);
  });
}
