// @ts-check

/**
 * What the page was given, see report-html.ts.
 *
 * @typedef {{ capabilities: string[], environments: Environment[] }} Data
 * @typedef {{ name: string, platform: string, stage: string, server: string, identities: Identity[], rows: Row[], unknown: string[] }} Environment
 * @typedef {{ name: string, kind: string, policies: string[] }} Identity
 * @typedef {{ name: string, apiPath: string, kind: 'secret' | 'kv' | 'other', isDefault: boolean, grants: Grant[] }} Row
 * @typedef {[capabilities: number, conditions: string, identities: number[]]} Grant
 */

/**
 * What the reader asks for; empty is anything.
 *
 * @typedef {{ search: string, identity: string, capability: number, kind: string }} Filters
 */

/**
 * @typedef {{ row: Row, grants: Grant[] }} SelectedRow
 * @typedef {{ rows: SelectedRow[], identities: number[], ofRows: number, ofIdentities: number }} Selection
 */

/**
 * The rows that the filters leave, with the grants that they leave in them, and who has any of these.
 *
 * @param {Environment} environment
 * @param {Filters} filters
 * @returns {Selection}
 */
export function selectRows(environment, filters) {
  const words = filters.search.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = identitiesNamed(environment, filters.identity);
  const isNarrowed = filters.capability !== 0 || chosen !== undefined;
  /** @type {SelectedRow[]} */
  const rows = [];
  for (const row of environment.rows) {
    if (!isOfKind(row, filters.kind)) continue;
    const text = `${row.name} ${row.apiPath}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const grants = isNarrowed ? narrowed(row.grants, filters.capability, chosen) : row.grants;
    if (isNarrowed && grants.length === 0) continue;
    rows.push({ row, grants });
  }
  return {
    rows,
    identities: identitiesIn(
      rows.map(({ row, grants }) => ({ row, grants: grants.filter(([set]) => set !== 0) })),
    ),
    ofRows: environment.rows.length,
    ofIdentities: environment.identities.length,
  };
}

/**
 * @param {Row} row
 * @param {string} kind
 */
function isOfKind(row, kind) {
  if (kind === 'secrets') return row.kind === 'secret';
  return kind === 'all' || !row.isDefault;
}

/**
 * The one of that very name, or else all that have it in theirs; nothing where all are meant.
 *
 * @param {Environment} environment
 * @param {string} text
 * @returns {Set<number> | undefined}
 */
function identitiesNamed({ identities }, text) {
  const name = text.trim().toLowerCase();
  if (name === '') return undefined;
  const names = identities.map((identity) => identity.name.toLowerCase());
  const exact = names.flatMap((one, i) => (one === name ? [i] : []));
  return new Set(exact.length > 0 ? exact : names.flatMap((one, i) => (one.includes(name) ? [i] : [])));
}

/**
 * @param {Grant[]} grants
 * @param {number} capability
 * @param {Set<number> | undefined} chosen
 * @returns {Grant[]}
 */
export function narrowed(grants, capability, chosen) {
  return grants.flatMap(([capabilities, conditions, identities]) => {
    if (capability !== 0 && (capabilities & capability) === 0) return [];
    const left = chosen ? identities.filter((i) => chosen.has(i)) : identities;
    /** @type {Grant} */
    const grant = [capabilities, conditions, left];
    return left.length > 0 ? [grant] : [];
  });
}

/**
 * In their order.
 *
 * @param {SelectedRow[]} rows
 * @returns {number[]}
 */
export function identitiesIn(rows) {
  const found = new Set();
  for (const { grants } of rows) {
    for (const [, , identities] of grants) for (const i of identities) found.add(i);
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * A part of many, and which part.
 *
 * @template T
 * @param {T[]} all
 * @param {number} page from 0; the last one where there are fewer
 * @param {number} size
 * @returns {{ shown: T[], from: number, page: number, pages: number, of: number }}
 */
export function pageOf(all, page, size) {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const current = Math.min(Math.max(0, page), pages - 1);
  const from = current * size;
  return { shown: all.slice(from, from + size), from, page: current, pages, of: all.length };
}

/**
 * @param {number} set
 * @param {string[]} names in the order of their bits
 */
export function capabilityNames(set, names) {
  return names.filter((_, i) => (set & (1 << i)) !== 0);
}
