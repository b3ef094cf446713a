// Starts other programs and ends every one of them by its process id, however the story ends.

import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, createWriteStream, readdirSync, readFileSync } from "node:fs";

const running = new Set();

/**
 * Starts a program; its output goes to `log`.
 * @param {string} program
 * @param {string[]} args
 * @param {{ log: string, input?: string, env?: Record<string, string>, onLine?: (line: string) => void }} options
 */
export function start(program, args, { log, input, env, onLine }) {
  appendFileSync(log, `\n$ ${program} ${args.join(" ")}\n`);
  const child = spawn(program, args, {
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", (error) => appendFileSync(log, `${program}: ${error.message}\n`));
  const file = createWriteStream(log, { flags: "a" });
  let rest = "";
  const take = (/** @type {Buffer} */ bytes) => {
    file.write(bytes);
    if (!onLine) return;
    const lines = (rest + bytes.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  if (input !== undefined) child.stdin?.end(input);
  return child;
}

/** Runs to the end and gives back standard output; a failure throws what was said on standard error. */
export function call(program, args, { input, timeoutMs = 20_000 } = {}) {
  const done = spawnSync(program, args, { input, timeout: timeoutMs, encoding: "utf8" });
  if (done.error) throw new Error(`${program}: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${program}: exit ${done.status}: ${done.stderr.trim()}`);
  return done.stdout;
}

/** The processes that `pid` started, and theirs. */
export function descendants(pid) {
  const parents = new Map();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const parent = Number(fields[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(entry)]);
    } catch {
      // it ended while we looked
    }
  }
  const found = [];
  const next = [pid];
  while (next.length > 0) {
    const children = parents.get(next.pop()) ?? [];
    found.push(...children);
    next.push(...children);
  }
  return found;
}

/** The program of a process, or "" when it is gone. */
export function programOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
  } catch {
    return "";
  }
}

/** Resident memory of a process in bytes; shared pages are counted once over the processes (PSS). */
export function memoryOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Ends a process and what it started. */
export function end(pid, signal = "SIGKILL") {
  for (const each of [...descendants(pid).reverse(), pid]) {
    try {
      process.kill(each, signal);
    } catch {
      // already gone
    }
  }
}

/** Ends everything that was started here. */
export function endAll() {
  for (const child of running) if (child.pid) end(child.pid);
  running.clear();
}
