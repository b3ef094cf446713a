import { useQueryClient } from "@tanstack/react-query";
import type { RuleSet } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { reading } from "../../api/queries.ts";
import { type SelfSaving, useSelfSaving } from "../../shell/self-saving.ts";
import { type RulesDocument, readDocument, writeDocument } from "./document.ts";

export interface DraftValue {
  name: string;
  /** `null` where the stored text is no document. */
  document: RulesDocument | null;
}

/** A draft that saves itself as it is edited. */
export function useDraft(found: RuleSet): SelfSaving<DraftValue> {
  const client = useQueryClient();
  const { summary } = found;
  const asValue = (set: RuleSet) => ({
    value: { name: set.summary.name, document: readDocument(set.document) },
    rev: set.summary.rev,
  });
  return useSelfSaving(
    asValue(found),
    async ({ name, document }, rev) => {
      const text = document ? writeDocument(document) : found.document;
      const saved = await ipc.ruleSetSave(summary.id, { name, document: text, base_rev: rev });
      client.setQueryData(reading("ruleSetGet", summary.id).queryKey, saved);
      return asValue(saved);
    },
    ({ name }) => name.trim() !== "",
  );
}
