/** A label that wants to stand at `at`, and needs `width`. */
export interface Wanted {
  at: number;
  width: number;
}

/**
 * Moves labels apart so that none overlaps its neighbour and all stay within [low, high], each as near to
 * where it wants to be as its neighbours allow. Gives the centres, in the order that was handed in.
 */
export function spread(wanted: readonly Wanted[], low: number, high: number, gap = 6): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => at(a) - at(b));
  const centres = wanted.map((label) => label.at);
  function at(index: number) {
    return wanted[index]?.at ?? 0;
  }
  function half(index: number) {
    return (wanted[index]?.width ?? 0) / 2;
  }
  let edge = low;
  for (const index of order) {
    centres[index] = Math.max(centres[index] ?? 0, edge + half(index));
    edge = (centres[index] ?? 0) + half(index) + gap;
  }
  edge = high;
  for (const index of [...order].reverse()) {
    centres[index] = Math.min(centres[index] ?? 0, edge - half(index));
    edge = (centres[index] ?? 0) - half(index) - gap;
  }
  return centres;
}

/** Room that a text of small figures needs, in drawing units: a fair guess, made before it is drawn. */
export function textWidth(text: string, size = 10.5): number {
  return text.length * size * 0.56;
}
