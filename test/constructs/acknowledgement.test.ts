import { Construct } from 'constructs';
import { acknowledge, acknowledgementsIn } from '../../constructs/acknowledgement';
import { testApp } from '../helper';

const props = { id: 'VLT010', reason: 'two people, watched', owner: 'platform team' };
const construct = () => new Construct(new Construct(testApp(), 'shop'), 'operator-policy');

test('it is kept with the construct that it is about, and found from above', () => {
  const one = construct();
  acknowledge(one, { ...props, expires: '2028-02-29', about: 'auth/*' });
  acknowledge(one.node.root.node.findChild('shop') as Construct, { ...props, id: 'HRD-B01' });
  expect(acknowledgementsIn(one.node.root)).toEqual([
    { ...props, id: 'HRD-B01', constructPath: 'shop' },
    { ...props, expires: '2028-02-29', about: 'auth/*', constructPath: 'shop/operator-policy' },
  ]);
  expect(acknowledgementsIn(one)).toHaveLength(1);
});

test('other metadata is none', () => {
  const one = construct();
  one.node.addMetadata('@cdktf/warn', 'something else');
  expect(acknowledgementsIn(one.node.root)).toEqual([]);
});

test.each([
  [{ id: 'vlt010' }, "'id' must be that of a rule, got 'vlt010'; write it as 'VLT010'"],
  [{ id: '' }, "'id' must be that of a rule, got ''; write it as 'VLT010'"],
  [
    { reason: '  ' },
    "'reason' must say something, got '  '; an acknowledgement of VLT010 is read by those who audit it",
  ],
  [
    { owner: '' },
    "'owner' must say something, got ''; an acknowledgement of VLT010 is read by those who audit it",
  ],
  [
    { about: '' },
    "'about' must say something, got ''; an acknowledgement of VLT010 is read by those who audit it",
  ],
  [{ expires: 'soon' }, "'expires' must be a day, got 'soon'; write it as '2027-01-31'"],
  [{ expires: '2027-02-29' }, "'expires' must be a day, got '2027-02-29'; write it as '2027-01-31'"],
  [{ expires: '2027-13-01' }, "'expires' must be a day, got '2027-13-01'; write it as '2027-01-31'"],
])('fails with %j', (wrong, message) => {
  expect(() => acknowledge(construct(), { ...props, ...wrong })).toThrow(
    new Error(`[shop/operator-policy] ${message}`),
  );
});
