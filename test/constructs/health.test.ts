import { spawnSync } from 'node:child_process';
import { Health } from '../../constructs/health';

test.each([
  ['a program', Health.command('pg_isready', '--quiet'), ['CMD', 'pg_isready', '--quiet']],
  ['a shell', Health.shell('test -s /x'), ['CMD-SHELL', 'test -s /x']],
])('asks %s', (_, { test: check }, expected) => {
  expect(check).toEqual(expected);
});

test('asks over HTTP inside the container, with whichever client the image has', () => {
  expect(Health.http(8003).test).toMatchInlineSnapshot(`
    [
      "CMD-SHELL",
      "if command -v curl >/dev/null; then curl -fsS -o /dev/null http://127.0.0.1:8003/health; else wget -q -O /dev/null http://127.0.0.1:8003/health; fi",
    ]
  `);
});

test('asks for the path that is given', () => {
  expect(Health.http(9090, '/-/healthy').test[1]).toContain(' http://127.0.0.1:9090/-/healthy;');
});

test('the line for HTTP is one that a shell takes', () => {
  const [, line = ''] = Health.http(8003).test;
  expect(spawnSync('/bin/sh', ['-n', '-c', line]).status).toBe(0);
});
