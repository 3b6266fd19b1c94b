import { subnetProblems } from '../../operations/subnets';

const wanted = {
  networkName: 'shop-network',
  platform: 'shop',
  environment: 'staging',
  subnets: ['172.28.10.0/24'],
};
const other = (...subnets: string[]) => ({
  networkName: 'legacy',
  platform: '',
  environment: '',
  subnets,
});

test.each([
  ['172.28.10.0/24'],
  ['172.28.0.0/16'],
  ['172.28.10.128/25'],
  ['172.28.10.255/32'],
  ['172.28.10.0'],
  ['0.0.0.0/0'],
])('fails with another network of %s', (subnet) => {
  expect(subnetProblems('shop-staging', [wanted], [other('10.0.0.0/8', subnet)])).toEqual([
    `'subnet' of shop-network must overlap with no other network, got '172.28.10.0/24' beside '${subnet}' of 'legacy'; remove that network, or choose another subnet in context.shop-staging.subnet of cdktf.json`,
  ]);
});

test.each([['172.28.9.0/24'], ['172.28.11.0/24'], ['172.28.12.0/22'], ['fd00::/8'], ['']])(
  'a network of %s is elsewhere',
  (subnet) => {
    expect(subnetProblems('shop-staging', [wanted], [other(subnet)])).toEqual([]);
  },
);

test('the network of this very environment is not in the way, nor one without addresses', () => {
  const own = { ...wanted, subnets: ['172.28.0.0/16'] };
  expect(subnetProblems('shop-staging', [wanted], [own, other()])).toEqual([]);
});

test('fails with the network of the same platform in another environment', () => {
  const production = { ...wanted, environment: 'production' };
  expect(subnetProblems('shop-staging', [wanted], [production])).toHaveLength(1);
});

test('where Docker chooses the addresses there is nothing to say', () => {
  expect(subnetProblems('shop-staging', [{ ...wanted, subnets: [] }], [other('0.0.0.0/0')])).toEqual([]);
});
