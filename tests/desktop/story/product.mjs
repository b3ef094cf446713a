// The product that the story is about: of the sample store, with its figures under the story's rules.

export const PRODUCT = {
  sku: "22423",
  title: "Regency cakestand 3 tier",
  list: "£12.75",
  /** Four fifths of list. */
  floor: "£10.20",
};
