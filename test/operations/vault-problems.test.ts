import { NoAnswer } from '../../operations/vault-client';
import {
  initCommand,
  noAnswerProblem,
  refusalProblem,
  sealedProblem,
  uninitialisedProblem,
  unsealCommand,
} from '../../operations/vault-problems';
import { DESCRIPTION } from './vault-fakes';

const ADDRESS = 'https://127.0.0.1:8200';
const environment = 'shop-production';
const ours = { environment, description: { ...DESCRIPTION, ca: 'certificates/shop-production/ca.pem' } };
const theirs = { environment, description: { ...DESCRIPTION, mode: 'external' as const } };
const unreachable = new NoAnswer(ADDRESS, 'unreachable', 'connect ECONNREFUSED');
const certificate = new NoAnswer(ADDRESS, 'certificate', 'certificate has expired');

test.each([
  [
    ours,
    unreachable,
    `'vault' of shop-production must answer, got 'connect ECONNREFUSED' from '${ADDRESS}'; bring it up with npx cdktf deploy shop-production-vault`,
  ],
  [
    theirs,
    unreachable,
    `'vault' of shop-production must answer, got 'connect ECONNREFUSED' from '${ADDRESS}'; correct its address in the declaration, or bring it up`,
  ],
  [
    ours,
    certificate,
    `'certificate' of shop-production must be one that 'certificates/shop-production/ca.pem' signed, got 'certificate has expired' from '${ADDRESS}'; make it anew with npm run certificates -- shop-production --renew, then run npx cdktf deploy shop-production-vault`,
  ],
  [
    theirs,
    certificate,
    `'certificate' of shop-production must be one that an authority of this system signed, got 'certificate has expired' from '${ADDRESS}'; put the certificate of its authority there`,
  ],
])('names the address and the command that mends it', (server, error, problem) => {
  expect(noAnswerProblem(server, error)).toBe(problem);
});

test('names the command for a server without keys, and for one that is sealed', () => {
  expect(uninitialisedProblem(ours, ADDRESS)).toMatch(/npm run vault -- init shop-production$/);
  expect(sealedProblem(ours, ADDRESS)).toMatch(/npm run vault -- unseal shop-production$/);
});

const development = { environment: 'shop-development', description: { ...DESCRIPTION, development: true } };
const bySeal = { environment, description: { ...DESCRIPTION, seal: 'static' as const } };

test.each([
  ['ours', ours, 'npm run vault -- init shop-production', 'npm run vault -- unseal shop-production'],
  [
    'one in development',
    development,
    'npm run vault -- init shop-development --development',
    'npm run vault -- init shop-development --development',
  ],
  ['one that its seal opens', bySeal, 'npm run vault -- init shop-production', undefined],
  ['theirs', theirs, undefined, undefined],
])('of a server that is %s, people have these commands', (_, server, init, unseal) => {
  expect([initCommand(server), unsealCommand(server)]).toEqual([init, unseal]);
});

test.each([
  [['permission denied'], "got 403 'permission denied'; correct it"],
  [['1 error occurred:\n\t* one\n\n', '* two'], "got 403 '1 error occurred: one ; two'; correct it"],
  [[], 'got 403; correct it'],
])('says in one line what %j means', (errors, words) => {
  const answer = { status: 403, body: {}, data: {}, errors };
  expect(refusalProblem("'policy' must be written", answer, 'correct it')).toBe(
    `'policy' must be written, ${words}`,
  );
});
