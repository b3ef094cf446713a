// What needs a person, in the reader's language: said anew from the rows that the need is about. What is not
// known here, or not yet, keeps the service's own English.
import { useLingui } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import type { Need } from "../../api/bindings.ts";
import { reading, useRead, useReadWhen } from "../../api/queries.ts";
import { useMissing } from "../../shell/checklist-words.ts";
import { useFormat } from "../../shell/format.ts";
import { waitingQuery } from "../../shell/rail.tsx";
import { useLastWord } from "../negotiations/words.ts";

export interface NeedWords {
  title: string;
  detail: string;
}

export function useNeedWords(needs: readonly Need[]): NeedWords[] {
  const escalation = useEscalationWords();
  const lowStock = useLowStockWords(needs);
  const checklist = useChecklistWords();
  const draft = useDraftWords(needs.some((need) => need.kind === "draft"));
  const kinds: Record<string, (need: Need) => NeedWords | undefined> = {
    escalation,
    low_stock: lowStock,
    checklist,
    draft,
  };
  return needs.map((need) => kinds[need.kind]?.(need) ?? need);
}

/** The last part of the place that answers a need: an id or a SKU. */
function subject(need: Need): string {
  return decodeURIComponent(need.link.split("/").at(-1) ?? "");
}

function useEscalationWords() {
  const { t } = useLingui();
  const format = useFormat();
  const lastWord = useLastWord();
  const waiting = useRead("negotiationsList", waitingQuery).data;
  return (need: Need): NeedWords | undefined => {
    const row = waiting?.items.find((one) => one.id === subject(need));
    if (!row) return undefined;
    return {
      title:
        row.customer === null
          ? t`A customer waits for an answer`
          : t`${row.customer} waits for an answer`,
      detail: `${row.quantity} × ${row.title} · ${lastWord(row, format.money)}`,
    };
  };
}

function useLowStockWords(needs: readonly Need[]) {
  const { t } = useLingui();
  const { number } = useFormat();
  const one = needs.filter((need) => need.kind === "low_stock" && need.link.split("/").length > 2);
  const products = useQueries({ queries: one.map((need) => reading("productGet", subject(need))) });
  return (need: Need): NeedWords | undefined => {
    if (need.link.split("/").length <= 2) {
      const count = Number.parseInt(need.title, 10);
      if (Number.isNaN(count)) return undefined;
      const more = number(count);
      return { title: t`${more} more products are low on stock`, detail: "" };
    }
    const product = products[one.indexOf(need)]?.data;
    if (!product || product.stock === null) return undefined;
    const { title, stock, sku } = product;
    return {
      title: stock > 0 ? t`${title}: ${stock} left` : t`${title} is sold out`,
      detail: t`SKU ${sku}`,
    };
  };
}

function useChecklistWords() {
  const { t } = useLingui();
  const missing = useMissing();
  const checklist = useRead("checklistGet").data;
  return (): NeedWords | undefined => {
    if (!checklist) return undefined;
    if (checklist.ready) {
      return {
        title: t`Everything is ready to go live`,
        detail: t`The shop opens when you say so.`,
      };
    }
    const open = checklist.items.filter((item) => !item.done).map(missing);
    return { title: t`The shop is not live yet`, detail: t`Missing: ${open.join("; ")}` };
  };
}

function useDraftWords(wanted: boolean) {
  const { t } = useLingui();
  const sets = useReadWhen(wanted, "ruleSetsList").data;
  return (need: Need): NeedWords | undefined => {
    const set = sets?.find((one) => one.id === subject(need));
    if (!set) return undefined;
    const { name, rules, author } = set;
    return { title: t`${name} is a draft`, detail: t`Rules: ${rules} · last changed by ${author}` };
  };
}
