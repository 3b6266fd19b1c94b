import * as fs from 'node:fs';
import * as path from 'node:path';

/** Folders of configurations, and beside each the plan that Terraform made of it. */
export const PLANS = path.join(__dirname, 'plans');

export const RECORDED_PLANS = [
  'create',
  'update',
  'replace',
  'delete',
  'adopt',
  'drift',
  'same',
  'target',
  'errored',
] as const;
export type RecordedPlan = (typeof RECORDED_PLANS)[number];

/** What `terraform show -json` printed, with made-up words in place of tokens and of generated values. */
export function recordedPlan(name: RecordedPlan): string {
  return fs.readFileSync(fileOfPlan(name), 'utf8');
}

export function fileOfPlan(name: RecordedPlan): string {
  return path.join(PLANS, `${name}.json`);
}

/** What a configuration is given, before and after. */
export const SUPPLIED = ['made-up-supplied-word-1', 'made-up-supplied-word-2'] as const;
export const WRITTEN_ONLY = 'made-up-written-only-word';

/** Secrets of the configurations. None may ever be read from a plan, nor what stands for generated ones. */
export const MADE_UP = /made-up-[\w-]+|Made-Up-[\w-]+|[sb]\.MadeUp\w*/g;
