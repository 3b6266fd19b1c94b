import { loadPolicyParser } from '../../policies/policy-text';
import { type Container, containersOf } from '../../review/container';
import { isOfImage, placeIn, writersOf } from '../../review/shared-volumes';
import { declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

test('writers of a volume are those that do not only read it', () => {
  const environment = declaredWiring({});
  const writers = (volume: string) => writersOf(environment, volume).map(({ container }) => container.name);
  expect([writers('secrets'), writers('ca'), writers('none')]).toEqual([['crm-agent'], ['authority'], []]);
});

test.each([
  ['/vault/secrets', '/vault/secrets/a/token', 'a/token'],
  ['/vault/secrets/', '/vault/secrets/token', 'token'],
  ['/vault/secrets/token', '/vault/secrets/token', ''],
])('on %s %s is %j', (path, file, place) => {
  expect(placeIn({ path, isReadOnly: true }, file)).toBe(place);
});

test.each([
  ['/app/token', {}, true],
  ['/vault/secrets/token', {}, false],
  ['/vault/secretsx', {}, true],
  ['/run/x', { tmpfs: { '/run': 'rw' } }, false],
  ['/run/x', { mounts: [{ type: 'tmpfs', target: '/run' }] }, false],
  ['/run/x', { upload: [{ file: '/run/x', content: 'x' }] }, false],
  ['/run', { upload: [{ file: '/run/x', content: 'x' }] }, false],
  ['/run/x', { volumes: [{ from_container: 'crm-agent' }] }, false],
  ['/run/x', { mounts: '${var.mounts}' }, false],
])('%s with %j is in the image: %s', (path, app, isThere) => {
  const container = containersOf(declaredWiring({ app })).find(({ name }) => name === 'crm') as Container;
  expect(isOfImage(container, path)).toBe(isThere);
});
