import { loadPolicyParser } from '../../policies/policy-text';
import { RULES } from '../../review/rules';
import { declaredServer, isJudged, seenOf } from './declared-server';

beforeAll(loadPolicyParser);

const HARDENING = RULES.filter(({ id }) => id.startsWith('HRD-'));

test.each(HARDENING)('$id is content with a server that has no flaw', (rule) => {
  expect(seenOf(rule, {})).toEqual([]);
});

test.each(HARDENING)('$id is not judged in development', (rule) => {
  const bare = { user: 'root', privileged: true, command: ['server', '-dev'], env: ['VAULT_TOKEN=one'] };
  expect(isJudged(rule, { container: bare, name: 'shop-development' })).toBe(false);
});

test('only what is about clouds, plugins and locked memory is not judged of a plain server', () => {
  const environment = declaredServer({});
  expect(HARDENING.filter(({ applies }) => !applies?.(environment)).map(({ id }) => id)).toEqual([
    'HRD-B18',
    'HRD-X06',
    'HRD-X11',
  ]);
});

test('where no server is declared only roles, containers and the provider are judged', () => {
  const { blocks, ...environment } = declaredServer({});
  const without = { ...environment, blocks: blocks.filter(({ block }) => block.label !== 'server') };
  expect(HARDENING.filter(({ applies }) => applies?.(without)).map(({ id }) => id)).toEqual([
    'HRD-B03',
    'HRD-B08',
    'HRD-B21',
    'HRD-B23',
  ]);
});

test('where there is neither container nor role nor provider nothing is judged', () => {
  const { blocks, ...environment } = declaredServer({});
  const bare = { ...environment, blocks: blocks.filter(({ block }) => block.type === 'vault_audit') };
  const noProvider = { ...bare, blocks: [] };
  const judged = (one: typeof bare) => HARDENING.filter(({ applies }) => applies?.(one)).map(({ id }) => id);
  expect(judged(bare)).toEqual(['HRD-B03', 'HRD-B08']);
  expect(judged(noProvider)).toEqual([]);
});

test('a server of whose configuration nothing is declared is judged by its container alone', () => {
  const environment = declaredServer({ container: { volumes: [] } });
  const ofContainer = HARDENING.filter(({ applies }) => applies?.(environment)).map(({ id }) => id);
  for (const id of ['HRD-B17', 'HRD-B19', 'HRD-X03', 'HRD-X07', 'HRD-X12'])
    expect(ofContainer).not.toContain(id);
  expect(ofContainer).toContain('HRD-B01');
});
