import { findingsChange } from '../../review/findings-change';
import { ACCEPTED, OPEN } from './made-review';

const NONE = { added: [], newlyAccepted: [], kept: [], stillAccepted: [], gone: [] };
const REOPENED = { ...ACCEPTED, acknowledgement: undefined };

test.each([
  ['new', [], [OPEN], { added: [OPEN] }],
  ['new and accepted', [], [ACCEPTED], { newlyAccepted: [ACCEPTED] }],
  ['there before', [OPEN], [OPEN], { kept: [OPEN] }],
  ['accepted before', [ACCEPTED], [ACCEPTED], { stillAccepted: [ACCEPTED] }],
  ['accepted now', [REOPENED], [ACCEPTED], { newlyAccepted: [ACCEPTED] }],
  ['accepted no longer', [ACCEPTED], [REOPENED], { added: [REOPENED] }],
  ['mended', [OPEN], [], { gone: [OPEN] }],
  [
    'the same some lines further down',
    [OPEN],
    [{ ...OPEN, seen: OPEN.seen.replace('line 4', 'line 9') }],
    { kept: [{ ...OPEN, seen: OPEN.seen.replace('line 4', 'line 9') }] },
  ],
  [
    'there twice now',
    [OPEN],
    [OPEN, { ...OPEN, seen: OPEN.seen.replace('line 4', 'line 9') }],
    { kept: [OPEN], added: [{ ...OPEN, seen: OPEN.seen.replace('line 4', 'line 9') }] },
  ],
  [
    'another one in the same place',
    [OPEN],
    [{ ...OPEN, seen: 'something else' }],
    { added: [{ ...OPEN, seen: 'something else' }], gone: [OPEN] },
  ],
])('a finding is %s', (_, before, after, expected) => {
  expect(findingsChange(before, after)).toEqual({ ...NONE, ...expected });
});
