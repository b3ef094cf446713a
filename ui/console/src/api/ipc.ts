// The one file that calls the IPC. Screens ask through `queries.ts`; nothing else knows that there is a
// desktop host on the other side. What fails is always an IpcError with the code that the host gave.
import { Channel, convertFileSrc } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import {
  type Changed,
  commands,
  type ErrorBody,
  type ErrorCode,
  events,
  type Progress,
  type Tag,
  USE_CASES,
} from "./bindings.ts";

/** Our line art for a product without a picture of its own. Category and SKU may hold a slash. */
export const artAddress = (category: string, sku: string) =>
  convertFileSrc(`${category}\n${sku}`, "art");

/** A failure as the host named it: a code to branch on, words for a person, and where it was. */
export class IpcError extends Error {
  readonly code: ErrorCode;
  readonly context: Readonly<Record<string, string>>;
  constructor(body: ErrorBody) {
    super(body.message);
    this.name = "IpcError";
    this.code = body.code;
    this.context = body.context ?? {};
  }
}

type Outcome<R> = R extends { status: "ok"; data: infer D }
  ? D
  : R extends { status: "error" }
    ? never
    : R;
type Plain<F> = F extends (...args: infer A) => Promise<infer R>
  ? (...args: A) => Promise<Outcome<R>>
  : never;

/** Every command of the host, with its failure thrown. */
export type Ipc = { [Name in keyof typeof commands]: Plain<(typeof commands)[Name]> };
export type Verb = keyof Ipc;

export const ipc = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [name, thrown(command as AnyCommand)]),
) as unknown as Ipc;

type AnyCommand = (...args: unknown[]) => Promise<unknown>;

function thrown(command: AnyCommand): AnyCommand {
  return async (...args) => {
    let answer: unknown;
    try {
      answer = await command(...args);
    } catch (cause) {
      throw asIpcError(cause);
    }
    if (typeof answer !== "object" || answer === null || !("status" in answer)) return answer;
    const outcome = answer as { status: string; data?: unknown; error?: ErrorBody };
    if (outcome.status === "error" && outcome.error) throw new IpcError(outcome.error);
    return outcome.status === "ok" && "data" in outcome ? outcome.data : answer;
  };
}

/** Whatever was thrown, as an IpcError: what is no answer of the host is an internal failure. */
export function asIpcError(cause: unknown): IpcError {
  if (cause instanceof IpcError) return cause;
  if (typeof cause === "object" && cause !== null && "code" in cause && "message" in cause) {
    return new IpcError(cause as ErrorBody);
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return new IpcError({ code: "internal", message, context: {} });
}

/** The tags that a command reads, as the host's own table has them; none for one that only writes. */
export function provides(verb: Verb): readonly Tag[] {
  const name = verb.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return USE_CASES.find((one) => one.name === name)?.provides ?? [];
}

/** A way for long work to say how far it is. */
export function progressChannel(onProgress: (progress: Progress) => void): Channel<Progress> {
  const channel = new Channel<Progress>();
  channel.onmessage = onProgress;
  return channel;
}

/**
 * Calls back whenever something that was read is no longer as it was, and once when nothing more can be missed.
 * Gives the way to stop.
 */
export function onChanged(then: (changed: Changed) => void, listening: () => void): () => void {
  const started = events.changed.listen((event) => then(event.payload));
  started.then(listening).catch(() => undefined);
  return stopping(started);
}

/** Calls back when the host wants a place shown: a notification was pressed. */
export function onOpenPlace(then: (link: string) => void): () => void {
  return stopping(listen<string>("open-place", (event) => then(event.payload)));
}

export type FileDrag = { kind: "over" } | { kind: "away" } | { kind: "drop"; path: string };

/** Files dragged over the window; the webview hands over their paths, not their bytes. */
export function onFileDrag(then: (drag: FileDrag) => void): () => void {
  return stopping(
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === "drop") then({ kind: "drop", path: payload.paths[0] ?? "" });
      else then({ kind: payload.type === "leave" ? "away" : "over" });
    }),
  );
}

function stopping(started: Promise<() => void>): () => void {
  let stopped = false;
  started.then((stop) => stopped && stop()).catch(() => undefined);
  return () => {
    stopped = true;
    started.then((stop) => stop()).catch(() => undefined);
  };
}
