import { loadPolicyParser } from '../../../policies/policy-text';
import { movingImage } from '../../../review/rules/hrd-b13-moving-image';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ image: 'hashicorp/vault' }, "image 'hashicorp/vault' is another one tomorrow"],
  [{ image: 'hashicorp/vault:latest' }, "image 'hashicorp/vault:latest' is another one tomorrow"],
  [{ image: 'vault:1.17' }, "image 'vault:1.17' is another one tomorrow"],
  [
    { image: 'registry:5000/hashicorp/vault' },
    "image 'registry:5000/hashicorp/vault' is another one tomorrow",
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(movingImage, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ image: 'openbao/openbao:2.5.5' }],
  [{ image: 'hashicorp/vault-enterprise:1.17.6-ent' }],
  [{ image: 'hashicorp/vault:v1.17.6' }],
  [{ image: `hashicorp/vault@sha256:${'a'.repeat(64)}` }],
  [{ image: '${var.image}', command: ['vault', 'server'] }],
])('%j is not', (container) => {
  expect(seenOf(movingImage, { container })).toEqual([]);
});

test('an image is told by the resource that pulls it', () => {
  const docker_image = { vault: { name: 'hashicorp/vault:1' } };
  const container = { image: '${docker_image.vault.image_id}' };
  expect(seenOf(movingImage, { container, resource: { docker_image } })).toEqual([
    "docker_container.server: image 'hashicorp/vault:1' is another one tomorrow",
  ]);
});
