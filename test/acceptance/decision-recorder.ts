import type { Request } from '../../policies/access-list';
import type { Dialect } from '../../policies/dialect';
import { canBeMade, capabilityCases, requestCases } from '../policies/decision-cases';
import type { RecordedCase, Recording } from '../policies/recorded-decisions';
import { type DecisionServer, textsOf } from './decision-server';

/** Always the same cases, so that a recording changes where a server does. */
const SEED = 20_260_101;

/** Asks a server everything that is recorded. */
export async function record(server: DecisionServer, dialect: Dialect): Promise<Recording> {
  const cases: RecordedCase[] = [];
  for (const { policies, paths } of capabilityCases(dialect, { seed: SEED, cases: 40, paths: 60 })) {
    cases.push(await answered(server, textsOf(policies), { capabilities: { unknown: paths } }));
  }
  const simple = { seed: SEED, cases: 40, requests: 10, hasNestedValues: false };
  for (const { policies, requests } of requestCases(dialect, simple)) {
    cases.push(await answered(server, textsOf(policies), { refused: requests.filter(canBeMade) }));
  }
  return { server: server.version, cases };
}

/** What a server answers to the questions of a case, whatever the case says of the answers. */
export async function answered(
  server: DecisionServer,
  policies: Readonly<Record<string, string>>,
  { capabilities = {}, allowed = [], refused = [] }: Partial<RecordedCase>,
): Promise<RecordedCase> {
  const token = await server.tokenWithTexts(policies);
  const found: Record<string, string[]> = {};
  const paths = Object.values(capabilities).flat().sort();
  for (const [path, answer] of await server.capabilities(token, paths)) {
    found[answer] = [...(found[answer] ?? []), path];
  }
  const passed: Request[] = [];
  const stopped: Request[] = [];
  for (const request of sorted([...allowed, ...refused])) {
    ((await server.allows(token, request)) ? passed : stopped).push(request);
  }
  return { policies, capabilities: found, allowed: passed, refused: stopped };
}

function sorted(requests: readonly Request[]): readonly Request[] {
  return [...requests].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
