// Ways to point at something on a page, as WebDriver understands them.

const CONTROLS =
  "self::button or self::a or self::label or self::summary or @role='button' or @role='menuitem' or @role='option' or @role='tab' or @role='radio' or @role='link'";

/** By `data-testid`. */
export const id = (name) => ({
  using: "css selector",
  value: `[data-testid="${name}"]`,
  what: `#${name}`,
});

/** By CSS. */
export const css = (value) => ({ using: "css selector", value, what: value });

/** A control by the whole of its words. */
export const control = (words) => ({
  using: "xpath",
  value: `//*[${CONTROLS}][normalize-space(.)=${quoted(words)} or @aria-label=${quoted(words)}]`,
  what: `control “${words}”`,
});

/** The innermost element that shows these words. */
export const text = (words) => ({
  using: "xpath",
  value: `//body//*[not(self::script) and not(self::style) and contains(normalize-space(.), ${quoted(words)}) and not(./*[contains(normalize-space(.), ${quoted(words)})])]`,
  what: `text “${words}”`,
});

/** A field by the whole words of its label. */
export const field = (words) => ({
  using: "xpath",
  value: `//*[@id=//label[normalize-space(.)=${quoted(words)}]/@for] | //label[normalize-space(.)=${quoted(words)}]//*[self::input or self::select or self::textarea] | //*[(self::input or self::select or self::textarea) and @aria-label=${quoted(words)}]`,
  what: `field “${words}”`,
});

// XPath has no escapes: a text with both quotes is put together
function quoted(words) {
  if (!words.includes('"')) return `"${words}"`;
  return `concat(${words
    .split('"')
    .map((part) => `"${part}"`)
    .join(`, '"', `)})`;
}
