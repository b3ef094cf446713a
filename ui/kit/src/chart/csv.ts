/**
 * Rows as CSV (RFC 4180) with a byte-order mark, so that spreadsheets read UTF-8. A cell that begins with
 * = + - @ or a control character, and is no plain number, is given a leading apostrophe: a spreadsheet must
 * never run what a customer typed.
 */
export function toCsv(rows: ReadonlyArray<ReadonlyArray<string | number>>): string {
  return `\uFEFF${rows.map((row) => row.map((cell) => csvCell(String(cell))).join(",")).join("\r\n")}\r\n`;
}

function csvCell(text: string): string {
  const runs = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = runs ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
