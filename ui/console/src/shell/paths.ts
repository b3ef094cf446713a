// Every address of the console, made in one place.

export const placeIds = [
  "home",
  "onboarding",
  "catalogue",
  "pricing",
  "negotiations",
  "orders",
  "customers",
  "analytics",
  "audit",
  "settings",
] as const;

export type PlaceId = (typeof placeIds)[number];

export const paths = {
  home: () => "/",
  onboarding: (step?: string) => (step ? `/onboarding/${step}` : "/onboarding"),
  catalogue: (sku?: string) => (sku ? `/catalogue/${encodeURIComponent(sku)}` : "/catalogue"),
  pricing: (ruleSet?: string, tab?: string) =>
    ruleSet ? `/pricing/${encodeURIComponent(ruleSet)}${tab ? `/${tab}` : ""}` : "/pricing",
  negotiations: (id?: string) => (id ? `/negotiations/${encodeURIComponent(id)}` : "/negotiations"),
  orders: (id?: string) => (id ? `/orders/${encodeURIComponent(id)}` : "/orders"),
  customers: () => "/customers",
  analytics: () => "/analytics",
  audit: () => "/audit",
  settings: (section?: string) => (section ? `/settings/${section}` : "/settings"),
} as const;
