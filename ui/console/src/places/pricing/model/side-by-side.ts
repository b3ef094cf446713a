// Two JSON texts line by line, beside each other: a longest common subsequence over short texts.

export interface DiffLine {
  kind: "same" | "changed";
  before: string | null;
  after: string | null;
}

/** Rules are short; beyond this many lines the two stand beside each other as they are. */
const linesMax = 2_000;

export function sideBySide(before: string | null, after: string | null): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const common = a.length * b.length > linesMax * linesMax ? [] : commonLines(a, b);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...common, [a.length, b.length] as const]) {
    while (i < x || j < y) {
      lines.push({
        kind: "changed",
        before: i < x ? (a[i] ?? null) : null,
        after: j < y ? (b[j] ?? null) : null,
      });
      if (i < x) i += 1;
      if (j < y) j += 1;
    }
    if (i < a.length && j < b.length)
      lines.push({ kind: "same", before: a[i] ?? "", after: b[j] ?? "" });
    i += 1;
    j += 1;
  }
  return lines;
}

/** The same object may be written in any way: both are written alike before they are compared. */
function linesOf(text: string | null): string[] {
  if (text === null) return [];
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split("\n");
  } catch {
    return text.split("\n");
  }
}

/** Places of the lines that both have, in order (Wagner and Fischer 1974). */
function commonLines(a: readonly string[], b: readonly string[]): Array<readonly [number, number]> {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Array<readonly [number, number]> = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
