import { stackText } from './stack-text';

const script = (name: string) => ['set -e', 'cd /', 'umask 077', `echo ${name}`, 'true', 'exit 0'].join('\n');
const commands = (file: string) => `cd /; cp ${file} a; chown 0:0 a; chmod 0400 a; mv a ${'b'.repeat(150)}`;

test('a stack is shown by block and resource, without what cdktf notes for itself and what is null', () => {
  expect(
    stackText({
      '//': { metadata: 1 },
      terraform: { backend: { local: { path: 'a' } } },
      resource: { vault_mount: { apps: { '//': {}, path: 'apps', options: { version: '2', other: null } } } },
    }),
  ).toBe(`terraform {"backend":{"local":{"path":"a"}}}
vault_mount.apps {"path":"apps","options":{"version":"2"}}`);
});

test('what all resources of a type share is shown once', () => {
  const volume = (name: string) => ({ name, driver: 'local' });
  expect(stackText({ resource: { docker_volume: { b: volume('2'), a: volume('1') } } })).toBe(
    `every docker_volume {"driver":"local"}
docker_volume.a {"name":"1"}
docker_volume.b {"name":"2"}`,
  );
});

test('texts are shown as lines, and of one that is nearly as an earlier one what differs', () => {
  const container = (name: string) => ({ command: [script(name)] });
  expect(stackText({ resource: { docker_container: { a: container('a'), b: container('b') } } })).toBe(
    `docker_container.a
  command
    - |
      set -e
      cd /
      umask 077
      echo a
      true
      exit 0
docker_container.b
  command
    - | as docker_container.a command, but
      ~ echo b`,
  );
});

test('a text that is exactly as an earlier one has no lines of its own, and a short or another one has all', () => {
  const resource = {
    t: { a: { x: script('a') }, b: { y: script('a') }, c: { x: 'a\nb' }, d: { y: 'a\nc' } },
    u: { a: { x: script('a').toUpperCase() } },
  };
  const text = stackText({ resource });
  expect(text).toContain('t.b\n  y | as t.a x\n');
  expect(text).toContain('t.c\n  x |\n    a\n    b\nt.d\n  y |\n    a\n    c');
  expect(text).toContain('    ECHO A\n');
});

test('lines that are gone and new ones are shown in their order', () => {
  const lines = script('a').split('\n');
  const [first = '', ...rest] = lines;
  const changed = [first, 'new', ...rest.slice(0, -1)].join('\n');
  const text = stackText({ resource: { t: { a: { x: lines.join('\n') }, b: { x: changed } } } });
  expect(text).toContain('t.b\n  x | as t.a x, but\n    + new\n    - exit 0');
});

test('of a resource that is nearly as an earlier one the attributes are shown that differ', () => {
  const container = (name: string, more: object = {}) => ({ ...more, a: 1, b: 2, c: 3, d: 4, e: 5, name });
  const resource = { t: { a: container('a'), b: container('b'), c: container('c', { f: 6 }) } };
  // The last one has an attribute more.
  expect(
    stackText({ resource: { t: { ...resource.t, c: { ...resource.t.c, a: 0, b: 0, c: 0, d: 0, e: 0 } } } }),
  ).toBe(
    `t.a {"a":1,"b":2,"c":3,"d":4,"e":5,"name":"a"}
t.b as t.a, but {"name":"b"}
t.c {"f":6,"a":0,"b":0,"c":0,"d":0,"e":0,"name":"c"}`,
  );
});

test('a long line for the shell is shown command by command', () => {
  const text = stackText({ resource: { docker_container: { a: { command: [commands('x')] } } } });
  expect(text).toContain('    - |\n      cd /;\n      cp x a;\n      chown 0:0 a;\n');
});
