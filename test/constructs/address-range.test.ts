import { addressRange, overlapping } from '../../constructs/address-range';

test.each([
  ['10.0.0.0/8', 0x0a000000, 0x0affffff],
  ['172.28.10.0/24', 0xac1c0a00, 0xac1c0aff],
  ['192.0.2.7/32', 0xc0000207, 0xc0000207],
  ['0.0.0.0/0', 0, 0xffffffff],
])('%s has its first and its last address', (subnet, first, last) => {
  expect(addressRange(subnet)).toEqual({ first, last, bits: Number(subnet.split('/')[1]) });
});

test.each([
  '',
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.1/24',
  '10.0.0/24',
  '10.0.0.0/24/5',
  '256.0.0.0/8',
  'fd00::/8',
  ' 10.0.0.0/8',
])('fails to find a range in %j', (subnet) => {
  expect(addressRange(subnet)).toBeUndefined();
});

test.each([
  ['10.0.0.0/24', '10.0.0.0/24', true],
  ['10.0.0.0/24', '10.0.0.128/25', true],
  ['10.0.0.0/24', '10.0.1.0/24', false],
  ['10.0.0.0/8', '10.255.255.255/32', true],
])('%s and %s overlap: %s', (one, other, expected) => {
  const [a, b] = [addressRange(one), addressRange(other)];
  expect(a && b && [overlapping(a, b), overlapping(b, a)]).toEqual([expected, expected]);
});
