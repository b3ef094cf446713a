import { useEffect, useMemo, useRef, useState } from "react";
import type { Findings, Progress } from "../../api/bindings.ts";
import { asIpcError, type IpcError, ipc, progressChannel } from "../../api/ipc.ts";
import { FindingsByRule } from "./model/by-rule.ts";

export interface Checked {
  findings: Findings | null;
  byRule: FindingsByRule;
  /** A check is under way; what is shown is that of the draft a moment ago. */
  checking: boolean;
  progress: Progress | null;
  error: IpcError | null;
  /** The person stopped it. */
  stopped: boolean;
  again: () => void;
  cancel: () => void;
}

/** What is wrong with a set, asked again for every revision that is kept; the newest question wins. */
export function useFindings(id: string, rev: number): Checked {
  const [findings, setFindings] = useState<Findings | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  const [state, setState] = useState<"checking" | "done" | "stopped">("checking");
  const [round, setRound] = useState(0);
  const stop = useRef(() => {});

  // biome-ignore lint/correctness/useExhaustiveDependencies: a revision or another round is a new question
  useEffect(() => {
    let current = true;
    setState("checking");
    setProgress(null);
    stop.current = () => {
      current = false;
      setState("stopped");
    };
    ipc
      .ruleSetCheck(
        id,
        progressChannel((step) => current && setProgress(step)),
      )
      .then((answer) => {
        if (!current) return;
        setFindings(answer);
        setError(null);
        setState("done");
      })
      .catch((cause) => {
        const failure = asIpcError(cause);
        // a newer question took its place
        if (!current || failure.code === "cancelled") return;
        setError(failure);
        setState("done");
      });
    return () => {
      current = false;
    };
  }, [id, rev, round]);

  const byRule = useMemo(() => new FindingsByRule(findings?.findings ?? []), [findings]);
  return {
    findings,
    byRule,
    checking: state === "checking",
    progress,
    error,
    stopped: state === "stopped",
    again: () => setRound(round + 1),
    cancel: () => {
      stop.current();
      void ipc.rulesWorkCancel().catch(() => undefined);
    },
  };
}
