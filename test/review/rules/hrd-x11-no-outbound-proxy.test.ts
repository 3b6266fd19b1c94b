import { loadPolicyParser } from '../../../policies/policy-text';
import { noOutboundProxy } from '../../../review/rules/hrd-x11-no-outbound-proxy';
import { configured, isJudged, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const configuration = configured('seal "awskms" {\n  region = "eu-central-1"\n}');

test('a seal of a cloud without a proxy is found', () => {
  expect(seenOf(noOutboundProxy, { configuration })).toEqual([
    "docker_container.server: its seal is of a cloud, and it has no 'HTTPS_PROXY'",
  ]);
});

test.each([
  { env: ['HTTPS_PROXY=http://proxy:3128'] },
  { env: ['https_proxy=${var.proxy}'] },
  { env: '${var.env}' },
])('%j is not', (container) => {
  expect(seenOf(noOutboundProxy, { configuration, container })).toEqual([]);
});

test('a seal of another server is not judged', () => {
  expect(
    isJudged(noOutboundProxy, { configuration: configured('seal "transit" {\n  key_name = "k"\n}') }),
  ).toBe(false);
});
