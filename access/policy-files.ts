import * as fs from 'node:fs';
import * as path from 'node:path';
import { AccessList } from '../policies/access-list';
import { DIALECTS } from '../policies/dialect';
import type { Policy } from '../policies/policy';
import { serverPolicies } from './built-in-policies';
import { PolicyReader, policyName } from './declared-policies';
import type { EnvironmentAccess, Identity, Note } from './environment-access';
import type { ReadOptions } from './environment-reader';
import { sentencesOf, shownNames } from './notes';
import { shownFile } from './stack-source';
import { SynthError } from './synth-error';

/** A policy as somebody wrote it by hand. */
export interface PolicyFile {
  readonly policy: Policy;
  /** As a person finds it. */
  readonly file: string;
}

/**
 * Policies that are called like their files.
 * @throws SynthError with one line for each file that cannot be read
 */
export function policyFiles(
  files: readonly string[],
  { dialect = 'vault' }: ReadOptions,
): readonly PolicyFile[] {
  const reader = new PolicyReader();
  const problems: string[] = [];
  const found = new Map<string, PolicyFile>();
  for (const given of files) {
    const file = shownFile(given);
    const name = policyName(path.basename(given).replace(/\.(hcl|json)$/, ''));
    const other = found.get(name);
    if (other) {
      problems.push(
        `${file}: must be called unlike the others, got policy '${name}' of ${other.file} again; rename one`,
      );
    }
    // By its name alone it would be everything, whatever is in it.
    if (name === 'root') {
      problems.push(`${file}: must not be called 'root', a policy that Vault lets nobody write; rename it`);
    }
    const text = fileText(given, problems);
    const policy =
      text === undefined ? undefined : reader.read(name, text, '', { dialect: DIALECTS[dialect], file });
    if (policy) found.set(name, { policy, file });
  }
  const all = [...problems, ...reader.problems];
  if (all.length > 0) throw new SynthError(...all);
  return [...found.values()];
}

const FILE_ERRORS: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  ENOENT: ['none', 'write its path as it is from here'],
  EISDIR: ['a folder', 'name a file in it, or read all its .hcl files with --synth'],
  EACCES: ['one that must not be read', 'let yourself read it'],
};

function fileText(file: string, problems: string[]): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const [got, remedy] = FILE_ERRORS[code as string] ?? [code, 'give another one'];
    problems.push(`${shownFile(file)}: must be a policy's file, got ${got}; ${remedy}`);
    return undefined;
  }
}

/** Policies without anybody who has them: each by itself, or all as those of one token. */
export function policiesAlone(
  name: string,
  files: readonly PolicyFile[],
  { dialect: dialectName = 'vault' }: ReadOptions,
  as: 'each' | 'together',
): EnvironmentAccess {
  const dialect = DIALECTS[dialectName];
  const identity = (of: readonly PolicyFile[]): Identity => {
    const names = of.map(({ policy }) => policy.name);
    const title = names.join('+');
    return {
      name: title,
      fullName: title,
      kind: 'policy',
      policies: names,
      accessList: AccessList.of(
        of.map(({ policy }) => policy),
        dialect,
      ),
      address: of.map(({ file }) => file).join(', '),
    };
  };
  const sorted = [...files].sort((a, b) => (a.policy.name < b.policy.name ? -1 : 1));
  const identities = as === 'together' ? [identity(files)] : sorted.map((one) => identity([one]));
  const notes = files.flatMap(templated);
  return {
    name,
    dialect,
    identities,
    secrets: [],
    kvMounts: [],
    policies: new Map(
      [...serverPolicies(dialect), ...files.map(({ policy }) => policy)].map((one) => [one.name, one]),
    ),
    unknown: sentencesOf(notes),
    notes,
  };
}

function templated({ policy, file }: PolicyFile): readonly Note[] {
  const paths = policy.rules.map(({ pattern }) => pattern.text).filter((text) => text.includes('{{'));
  if (paths.length === 0) return [];
  return [
    {
      sentence: `${shownNames(paths.map((one) => `'${one}'`))} of ${file} is another path for each entity: it stays as it is written`,
      mayGrantTo: { policy: policy.name },
    },
  ];
}
