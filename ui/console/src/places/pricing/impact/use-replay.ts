import { useCallback, useRef, useState } from "react";
import type { Progress, ReplayQuestion, ReplayReport } from "../../../api/bindings.ts";
import { asIpcError, type IpcError, ipc, progressChannel } from "../../../api/ipc.ts";

/** Only what takes longer than this is worth a bar. */
const slowMs = 300;

export interface Replayed {
  report: ReplayReport | null;
  working: boolean;
  slow: boolean;
  progress: Progress | null;
  error: IpcError | null;
  ask: (question: ReplayQuestion) => void;
  cancel: () => void;
}

/** Replays a set over past orders; the newest question wins, the last answer stays meanwhile. */
export function useReplay(id: string, rev: number): Replayed {
  const [report, setReport] = useState<ReplayReport | null>(null);
  const [working, setWorking] = useState(false);
  const [slow, setSlow] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  const newest = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is asked anew
  const ask = useCallback(
    (question: ReplayQuestion) => {
      newest.current += 1;
      const mine = newest.current;
      const current = () => mine === newest.current;
      setWorking(true);
      setSlow(false);
      setProgress(null);
      const timer = setTimeout(() => current() && setSlow(true), slowMs);
      ipc
        .ruleSetReplay(
          id,
          question,
          progressChannel((step) => current() && setProgress(step)),
        )
        .then((answer) => {
          if (!current()) return;
          setReport(answer);
          setError(null);
        })
        .catch((cause) => {
          const failure = asIpcError(cause);
          if (current() && failure.code !== "cancelled") setError(failure);
        })
        .finally(() => {
          clearTimeout(timer);
          if (current()) setWorking(false);
        });
    },
    [id, rev],
  );
  const cancel = useCallback(() => {
    newest.current += 1;
    setWorking(false);
    void ipc.rulesWorkCancel().catch(() => undefined);
  }, []);
  return { report, working, slow, progress, error, ask, cancel };
}
