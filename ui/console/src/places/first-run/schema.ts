// What the first-run forms hold to be right, with the words for what is not.
import { useLingui } from "@lingui/react/macro";
import { z } from "zod";

/** A store and its owner. */
export function useStoreSchema() {
  const { t } = useLingui();
  return {
    store: z.string().trim().min(1, t`Give the store a name; it can be changed later.`),
    currency: z.string().min(1, t`Choose the currency of its prices.`),
    name: z.string().trim().min(1, t`Write the name that colleagues know you by.`),
    email: z.email(t`Write an e-mail address, such as sam@example.com.`),
  };
}

/** Where a hosted service answers. */
export function useAddressSchema() {
  const { t } = useLingui();
  return z.url({
    protocol: /^https?$/,
    error: t`Write the whole address, such as https://shop.example.com.`,
  });
}
