import * as fs from 'node:fs';
import * as path from 'node:path';
import type { StackPlan } from '../review/plan/plan-sources';
import { readPlan } from '../review/plan/read-plan';
import { OperationError } from './operation-error';
import type { PlanArgument } from './review-arguments';

const MEGABYTE = 2 ** 20;
/** Of a plan, which is held in memory several times over; those of hundreds of resources have a few. */
const MOST_MEGABYTES = 256;

/**
 * Reads a plan that somebody named.
 *
 * @param folder from which its file was named
 * @throws OperationError with exit code 2 on what is no file, is too large or cannot be read, and PlanError on what is no plan
 */
export function planInFile({ stack, file }: PlanArgument, folder: string): StackPlan {
  const given = path.resolve(folder, file);
  let text: string;
  try {
    requireFile(fs.statSync(given), file);
    text = fs.readFileSync(given, 'utf8');
  } catch (error) {
    if (error instanceof OperationError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw refusal(
      `must be a file that can be read, got '${file}' (${code}); name what 'terraform show -json' wrote`,
    );
  }
  return { stack, plan: readPlan(text, stack), file };
}

/** A pipe may never end, and a device has no end at all. */
function requireFile(known: fs.Stats, file: string): void {
  if (!known.isFile()) {
    throw refusal(
      `must be a regular file, got '${file}', which is ${kindOf(known)}; write what 'terraform show -json' prints to a file`,
    );
  }
  if (known.size > MOST_MEGABYTES * MEGABYTE) {
    const size = Math.ceil(known.size / MEGABYTE).toLocaleString('en');
    throw refusal(
      `must be a file of ${MOST_MEGABYTES} MB at most, got '${file}' with ${size} MB; name what 'terraform show -json' wrote`,
    );
  }
}

function kindOf(known: fs.Stats): string {
  if (known.isDirectory()) return 'a folder';
  if (known.isFIFO()) return 'a pipe';
  return known.isSocket() ? 'a socket' : 'a device';
}

function refusal(problem: string): OperationError {
  return new OperationError([`'--plan' ${problem}`], 2);
}
