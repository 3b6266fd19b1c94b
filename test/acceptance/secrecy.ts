import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import type { Deployment } from './deployment';
import { inspect } from './engine';
import { containerNames, splitPath } from './expectation';
import { unpacked } from './zip';

/** A value that must be in no file, and a name by which a failed test can speak of it. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** All values that were generated or supplied, as Vault holds them now. */
export async function secretValues(deployment: Deployment): Promise<NamedValue[]> {
  const values: NamedValue[] = [];
  for (const [secret, expected] of Object.entries(deployment.platform.secrets)) {
    if ('runtime' in expected) continue;
    const data = await deployment.root.readSecret(...splitPath(secret));
    for (const [key, value] of Object.entries(data)) {
      const isConstant = 'keys' in expected && typeof expected.keys[key] === 'string';
      if (!isConstant) values.push({ name: `${secret} ${key}`, value });
    }
  }
  return values;
}

/** Which of the values a text holds, also in the escaped form that JSON or HCL give it. */
export function heldBy(text: string | Buffer, values: readonly NamedValue[]): string[] {
  return values
    .filter(({ value }) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)))
    .map(({ name }) => name);
}

/** Which files of the project hold which values. */
export function leaks({ project }: Deployment, values: readonly NamedValue[]): string[] {
  return project.files().flatMap((file) => {
    const content = fs.readFileSync(file);
    return heldBy(content, values).map((name) => `${name} is in ${file}`);
  });
}

/** The content of a saved plan, which is an archive. */
export function unpackedPlan(plan: Buffer): string {
  return unpacked(plan)
    .map(({ content }) => content.toString('utf8'))
    .join('\n');
}

/** Every string that the environment consists of: definitions of containers, values in Vault, states. */
export async function allStrings(deployment: Deployment): Promise<string[]> {
  const { platform, project, stacks, root } = deployment;
  const inspected = await inspect(containerNames(platform));
  const secrets = await Promise.all(
    Object.keys(platform.secrets).map((secret) => root.readSecret(...splitPath(secret))),
  );
  const variables = [...inspected.values()].flatMap(({ Config }) =>
    (Config.Env ?? []).map((one) => one.slice(one.indexOf('=') + 1)),
  );
  const states = await Promise.all(stacks.map((stack) => project.state(stack)));
  return [
    ...strings([...inspected.values()]),
    ...variables,
    ...strings(secrets),
    ...states.flatMap((state) => strings(JSON.parse(state))),
  ];
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

export function fingerprint(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
