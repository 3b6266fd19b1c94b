import { endsSoon } from '../constructs/certificate-problems';
import { exitCodeOf, type NodeStatus, type ServerStatus, serverStatus } from './server-status';
import type { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Prints how a server is: one column a node.
 *
 * @param isJson for programs
 * @returns the exit code, see {@link exitCodeOf}
 */
export async function status(
  nodes: VaultNodes,
  isJson: boolean,
  outside: VaultSurroundings,
): Promise<number> {
  const found = await serverStatus(nodes, outside);
  if (isJson) outside.print(`${JSON.stringify(found, undefined, 2)}\n`);
  else {
    outside.print(table(rowsOf(found, outside.clock.now())));
    for (const { problem } of found.nodes) if (problem) outside.say(`error: ${problem}`);
  }
  return exitCodeOf(found);
}

type Row = readonly [string, ...string[]];

function rowsOf({ nodes, voters, audit }: ServerStatus, now: number): Row[] {
  const row = (name: string, cell: (node: NodeStatus) => string): Row => [name, ...nodes.map(cell)];
  const known = (cell: (node: NodeStatus) => string) => (node: NodeStatus) =>
    node.problem ? 'no answer' : cell(node);
  const everywhere = (name: string, text: string): Row => [name, text];
  return [
    row('address', ({ address }) => address),
    row(
      'version',
      known(({ version = '' }) => version),
    ),
    row(
      'initialised',
      known(({ initialised }) => yesOrNo(initialised)),
    ),
    row('sealed', known(sealedCell)),
    row(
      'seal',
      known(({ type = '' }) => type),
    ),
    row(
      'storage',
      known(({ storage = '' }) => storage),
    ),
    row('high availability', known(availabilityCell)),
    row('certificate ends', (node) => certificateCell(node, now)),
    ...(voters === undefined ? [] : [everywhere('raft voters', String(voters))]),
    everywhere(
      'audit devices',
      `${audit.devices.join(', ') || 'none'}${audit.reason ? ` (declared: ${audit.reason})` : ''}`,
    ),
  ];
}

function sealedCell({ sealed, initialised, progress = 0, threshold = 0 }: NodeStatus): string {
  return sealed && initialised && progress > 0 ? `yes, ${progress} of ${threshold} shares` : yesOrNo(sealed);
}

function availabilityCell({ isActive, leader }: NodeStatus): string {
  if (isActive === undefined) return '';
  return isActive ? 'active' : `standby of ${leader ?? 'nobody yet'}`;
}

function certificateCell({ certificateEnd, address }: NodeStatus, now: number): string {
  if (!certificateEnd) return address.startsWith('http:') ? 'no TLS' : 'none served';
  const end = new Date(certificateEnd);
  const days = Math.floor((end.getTime() - now) / DAY_MS);
  const date = certificateEnd.slice(0, 10);
  if (days < 0) return `${date}, it has ended`;
  return `${date}, in ${days} days${endsSoon(end, new Date(now)) ? ': renew it' : ''}`;
}

function yesOrNo(value: boolean | undefined): string {
  return value ? 'yes' : 'no';
}

/** Columns as wide as they must be; what is said of the whole server may be wider. */
function table(rows: readonly Row[]): string {
  const columns = Math.max(...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.filter(({ length }) => length === columns || i === 0).map((row) => row[i]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
