import { groupedBy } from '../../review/grouped-by';

test('what has the same key is together, in the order of the first ones', () => {
  const groups = groupedBy(['bee', 'ant', 'bug'], ([first]) => first);
  expect([...groups]).toEqual([
    ['b', ['bee', 'bug']],
    ['a', ['ant']],
  ]);
});
