// The product that the story is about: of the sample store, with its figures under the story's rules.

export const PRODUCT = {
  sku: "22423",
  title: "Regency cakestand 3 tier",
  list: "£12.75",
  /** Four fifths of list. */
  floor: "£10.20",
};

/** What it is sold at in the end: below the floor, above its cost. */
export const AGREED = "£9.80";
/** What the customer saves against list. */
export const SAVED = "£2.95";
/** Why staff approve it. */
export const REASON = "A regular who takes six every month";
