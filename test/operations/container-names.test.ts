import { containerNameProblems } from '../../operations/container-names';

const own = { containerName: 'vault', platform: 'shop', environment: 'staging' };

test.each([
  ['nothing', []],
  ['its own container', [own]],
  ['others', [{ ...own, containerName: 'other', environment: 'production' }]],
])('an environment may be deployed beside %s', (_, existing) => {
  expect(containerNameProblems('shop-staging', [own], existing)).toEqual([]);
});

test.each([
  [
    { ...own, environment: 'production' },
    'one of shop-production; destroy that environment, or deploy shop-staging to another Docker host',
  ],
  [
    { ...own, platform: 'store' },
    'one of store-staging; destroy that environment, or deploy shop-staging to another Docker host',
  ],
  [
    { ...own, platform: '', environment: '' },
    'one that is of no environment; remove it, or declare another name',
  ],
])('fails beside %j, whose volumes have the same names', (stranger, words) => {
  expect(containerNameProblems('shop-staging', [own], [stranger])).toEqual([
    `'containerName' must be free, got 'vault', ${words}`,
  ]);
});
