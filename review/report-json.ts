import type { Finding } from './rule';
import type { Review, ReviewedName, RuleTitle } from './rules-run';

/** What the JSON report holds. Fields may be added; `version` changes where the meaning of one does, or one goes. */
export interface FindingsDocument {
  readonly version: 1;
  readonly environments: readonly ReviewedName[];
  readonly rules: readonly RuleTitle[];
  readonly findings: readonly Finding[];
}

/** For machines: everything, as {@link FindingsDocument}. */
export function findingsJson({ environments, rules, findings }: Review): string {
  const document: FindingsDocument = { version: 1, environments, rules, findings };
  return `${JSON.stringify(document, null, 2)}\n`;
}
