import { remembered, rememberedByText } from '../../review/remembered';

test('is worked out once for each object, also where it comes to nothing', () => {
  const workOut = jest.fn(({ name }: { name?: string }) => name);
  const nameOf = remembered(workOut);
  const [one, other] = [{ name: 'one' }, {}];
  expect([nameOf(one), nameOf(other), nameOf(one), nameOf(other)]).toEqual([
    'one',
    undefined,
    'one',
    undefined,
  ]);
  expect(workOut.mock.calls).toEqual([[one], [other]]);
});

test('is worked out once for each text, also where it comes to nothing', () => {
  const workOut = jest.fn((text: string) => text || undefined);
  const nameOf = rememberedByText(workOut);
  expect(['a', '', 'a', ''].map(nameOf)).toEqual(['a', undefined, 'a', undefined]);
  expect(workOut.mock.calls).toEqual([['a'], ['']]);
});
