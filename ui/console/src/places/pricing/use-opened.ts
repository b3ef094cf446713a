import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { RuleSet } from "../../api/bindings.ts";
import { type IpcError, ipc } from "../../api/ipc.ts";
import { useRead } from "../../api/queries.ts";

const key = (id: string) => ["rule set that is open", id];

/**
 * The rule set that is open. A document of 10,000 rules is not read again after each edit of our own: only
 * when the list of sets tells of a revision that this window has not made.
 */
export function useOpened(id: string, known: number) {
  const client = useQueryClient();
  const opened = useQuery<RuleSet, IpcError>({
    queryKey: key(id),
    queryFn: async () => {
      const read = await ipc.ruleSetGet(id);
      // a reading that began before a step was taken must not undo its outcome
      const held = client.getQueryData<RuleSet>(key(id));
      return held && held.summary.rev > read.summary.rev ? held : read;
    },
    // another visit may find it changed
    gcTime: 0,
  });
  const summary = useRead("ruleSetsList").data?.find((one) => one.id === id);
  const mine = opened.data?.summary;
  const behind =
    summary !== undefined &&
    mine !== undefined &&
    (summary.rev > Math.max(known, mine.rev) || summary.state !== mine.state);
  const { refetch } = opened;
  useEffect(() => {
    if (!behind) return;
    const timer = setTimeout(() => void refetch(), 300);
    return () => clearTimeout(timer);
  }, [behind, refetch]);
  return {
    found: opened.data,
    error: opened.error,
    retry: () => void refetch(),
    take: (set: RuleSet) => client.setQueryData(key(id), set),
  };
}
