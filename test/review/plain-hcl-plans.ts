import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Plan } from '../../review/plan/plan';
import { readPlan } from '../../review/plan/read-plan';

export const PLAIN_HCL = path.join(__dirname, 'plain-hcl');
/** What the configuration is given for a password. */
export const PASSWORD = 'plainly-no-secret-7c1e';

export type Revision = 'first' | 'second';

export function recordedFile(revision: Revision): string {
  return path.join(PLAIN_HCL, 'plans', `${revision}.json`);
}

/** What Terraform planned of a revision; of the second one after the first was applied. */
export function recordedPlan(revision: Revision): Plan {
  return readPlan(fs.readFileSync(recordedFile(revision), 'utf8'), 'acme');
}
