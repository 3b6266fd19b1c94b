import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ALL_CAPABILITIES } from '../policies/capability';
import type { AccessMatrix, EnvironmentMatrix } from './matrix';
import { readersFirst } from './matrix-sections';
import { printable } from './printable';

const FOLDER = path.join(__dirname, 'page');
/** Modules of the page's program, each after those that it imports. */
const SCRIPTS = [
  'selection',
  'elements',
  'controls',
  'grants',
  'pager',
  'matrix-view',
  'list-view',
  'picture',
  'picture-view',
  'page',
];

/**
 * One page that needs nothing else: the matrix with search and filters, and a picture of who reads what. Its own policy
 * forbids it to fetch anything, and to run any program but its own, whatever a name in the data looks like.
 */
export function matrixHtml(matrix: AccessMatrix): string {
  const style = fs.readFileSync(path.join(FOLDER, 'page.css'), 'utf8');
  const script = `'use strict';\n${SCRIPTS.map(scriptOf).join('\n')}`;
  const parts: Readonly<Record<string, string>> = {
    "default-src 'none'": `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    '/* page.css */': style,
    '/* page.mjs */': script,
    '{}': embedded(pageData(matrix)),
  };
  // In one go, so that nothing in a part is taken for the place of another.
  return fs
    .readFileSync(path.join(FOLDER, 'page.html'), 'utf8')
    .replace(PLACES, (place) => parts[place] ?? '');
}

/** What stands in page.html for what is put in. */
const PLACES = /default-src 'none'|\/\* page\.(?:css|mjs) \*\/|\{\}/g;

/** A page in a file cannot import modules, so they become one program: no name of one is a name of another. */
function scriptOf(name: string): string {
  return fs
    .readFileSync(path.join(FOLDER, `${name}.mjs`), 'utf8')
    .replace(/^import [^;]*;\n/gm, '')
    .replace(/^export (?=function|const)/gm, '');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** As JSON that no text in it can end, and that is JavaScript too. */
function embedded(data: object): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** As page/selection.mjs reads it; short, since there may be millions of cells. */
function pageData({ environments }: AccessMatrix): object {
  return { capabilities: ALL_CAPABILITIES, environments: environments.map(environmentData) };
}

function environmentData({ name, server, identities, rows, unknown }: EnvironmentMatrix): object {
  const { platform, stage } = environmentParts(name);
  return {
    name: printable(name),
    platform: printable(platform),
    stage: printable(stage),
    server,
    identities: identities.map(({ name, kind, policies }) => ({
      name: printable(name),
      kind,
      policies: policies.map(printable),
    })),
    rows: rows.map(({ name, apiPath, kind, isDefault, grants }) => ({
      name: printable(name),
      apiPath: printable(apiPath),
      kind,
      isDefault,
      grants: readersFirst(grants).map(({ capabilities, conditions, identities }) => [
        capabilities,
        printable(conditions),
        identities,
      ]),
    })),
    unknown: unknown.map(printable),
  };
}

/** How environments are usually called, behind the platform's name. */
const STAGE = /^(.+)-(development|dev|test|testing|qa|staging|stage|preview|production|prod)$/;

function environmentParts(name: string): { readonly platform: string; readonly stage: string } {
  const [, platform, stage] = STAGE.exec(name) ?? [];
  return platform !== undefined && stage !== undefined ? { platform, stage } : { platform: name, stage: '' };
}
