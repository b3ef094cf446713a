// Findings by the rules that they name, and the way from one to the next.
import type { Finding, FindingName, Severity } from "../../../api/bindings.ts";

export interface RuleFindings {
  count: number;
  worst: Severity | null;
  findings: Finding[];
}

const nothing: RuleFindings = { count: 0, worst: null, findings: [] };
const severities: readonly Severity[] = ["error", "warning", "info"];

export class FindingsByRule {
  readonly #byRule = new Map<string, RuleFindings>();

  constructor(readonly findings: readonly Finding[]) {
    for (const finding of findings) {
      for (const id of new Set(finding.rules)) {
        const known = this.#byRule.get(id) ?? { count: 0, worst: null, findings: [] };
        known.count += 1;
        known.findings.push(finding);
        if (known.worst === null || isWorse(finding.severity, known.worst)) {
          known.worst = finding.severity;
        }
        this.#byRule.set(id, known);
      }
    }
  }

  of(id: string): RuleFindings {
    return this.#byRule.get(id) ?? nothing;
  }

  /** Findings that name no rule: what no rule covers. */
  get ofNone(): Finding[] {
    return this.findings.filter((finding) => finding.rules.length === 0);
  }
}

/** The finding after this one, errors first; round again after the last. */
export function nextFinding(
  findings: readonly Finding[],
  current: Finding | null,
): Finding | undefined {
  const at = current ? findings.findIndex((one) => sameFinding(one, current)) : -1;
  return findings[(at + 1) % Math.max(findings.length, 1)];
}

export function sameFinding(a: FindingName, b: FindingName): boolean {
  return findingId(a) === findingId(b);
}

/** What a finding is told apart by. */
export function findingId({ kind, rules, key }: FindingName): string {
  return JSON.stringify([kind, rules, key]);
}

function isWorse(one: Severity, than: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(than);
}
