import { useEffect, useRef, useState } from "react";
import { asIpcError, type IpcError } from "../api/ipc.ts";

const usualQuietMs = 450;

export type SavingState = "saved" | "waiting" | "failed";

export interface SelfSaving<T> {
  value: T;
  state: SavingState;
  error: IpcError | null;
  edit: (change: (value: T) => T) => void;
  retry: () => void;
}

export interface Revision<T> {
  value: T;
  rev: number;
}

/**
 * Something that saves itself a moment after the last key: one save at a time, each on the newest revision.
 * What came from elsewhere is taken over while nothing of our own waits. `ready` holds back what cannot be
 * kept yet, such as a row without its name.
 */
export function useSelfSaving<T>(
  found: Revision<T>,
  save: (value: T, rev: number) => Promise<Revision<T>>,
  ready: (value: T) => boolean = () => true,
  quietMs = usualQuietMs,
): SelfSaving<T> {
  const [value, setValue] = useState(found.value);
  const [state, setState] = useState<SavingState>("saved");
  const [error, setError] = useState<IpcError | null>(null);
  const newest = useRef(found.value);
  const rev = useRef(found.rev);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(false);
  const dirty = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer revision is what brings a new value
  useEffect(() => {
    if (dirty.current || saving.current || found.rev <= rev.current) return;
    rev.current = found.rev;
    newest.current = found.value;
    setValue(found.value);
  }, [found.rev]);

  async function saveNow() {
    if (saving.current || !ready(newest.current)) return;
    saving.current = true;
    dirty.current = false;
    let again = false;
    try {
      const saved = await save(newest.current, rev.current);
      rev.current = saved.rev;
      again = dirty.current;
      setError(null);
      setState(again ? "waiting" : "saved");
    } catch (cause) {
      dirty.current = true;
      setError(asIpcError(cause));
      setState("failed");
    }
    saving.current = false;
    if (again) void saveNow();
  }
  const latest = useRef(saveNow);
  latest.current = saveNow;
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (dirty.current) void latest.current();
    },
    [],
  );

  return {
    value,
    state,
    error,
    edit(change) {
      newest.current = change(newest.current);
      dirty.current = true;
      setValue(newest.current);
      setState("waiting");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void latest.current(), quietMs);
    },
    retry: () => void saveNow(),
  };
}
