import * as fc from 'fast-check';
import { DIALECTS } from '../../policies/dialect';
import { loadPolicyParser } from '../../policies/policy-text';
import { policyTexts } from '../policies/random-policy-texts';
import {
  type Agreement,
  agreement,
  PROBES,
  type RecordedText,
  readTexts,
  writeTexts,
} from '../policies/recorded-policy-texts';
import { progress } from './command';
import { DecisionServer } from './decision-server';
import { OPENBAO, obtainable } from './parts';
import { removeLeftovers } from './state-store';

jest.setTimeout(10 * 60 * 1000);

/** Set it to the number that a failed run printed, and the same texts come again. */
const SEED = Number(process.env.ACCESS_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Always the same, so that a recording changes where a server does. */
const RECORDED = { seed: 20_260_101, numRuns: 500 };

const TITLE = `policies as ${OPENBAO} reads them`;

if (obtainable(OPENBAO)) {
  describe(TITLE, tests);
} else {
  const reason = `${OPENBAO} is not in the engine and cannot be pulled`;
  if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${reason}`);
  progress(`${TITLE} skipped: ${reason}`);
  describe.skip(`${TITLE} (skipped: ${reason})`, tests);
}

function tests(): void {
  let server: DecisionServer;

  beforeAll(async () => {
    progress(`${TITLE}: ACCESS_SEED=${SEED}`);
    await loadPolicyParser();
    await removeLeftovers();
    server = await DecisionServer.start(OPENBAO);
  });

  afterAll(() => server?.stop());

  test('no text is read with another meaning, and none that the server refuses', async () => {
    const count: Record<Agreement, number> = { 'refused by both': 0, 'read alike': 0, strict: 0 };
    for (const text of fc.sample(policyTexts, { seed: SEED, numRuns: 2_000 })) {
      count[agreement(await answered(text), DIALECTS['openbao-2.5'])] += 1;
    }
    progress(`${TITLE}: ${JSON.stringify(count)}`);
    expect(count['read alike']).toBeGreaterThan(300);
    expect(count['refused by both']).toBeGreaterThan(300);
  });

  test('what is recorded for those without a server is what the server says', async () => {
    if (process.env.RECORD_DECISIONS) {
      const texts = [...new Set(fc.sample(policyTexts, RECORDED))];
      const recorded: RecordedText[] = [];
      for (const text of texts) recorded.push(await answered(text));
      writeTexts(recorded);
    }
    for (const recorded of readTexts()) expect(await answered(recorded.text)).toEqual(recorded);
  });

  async function answered(text: string): Promise<RecordedText> {
    const token = await server.tokenOfText(text);
    if (token === undefined) return { text };
    return { text, capabilities: Object.fromEntries(await server.capabilities(token, PROBES)) };
  }
}
