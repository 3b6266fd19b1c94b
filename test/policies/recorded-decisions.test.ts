import { AccessList } from '../../policies/access-list';
import { DIALECTS } from '../../policies/dialect';
import { loadPolicyParser, parsePolicy } from '../../policies/policy-text';
import { capabilitiesAnswer } from './decision-cases';
import { decisionsOf, RECORDED, type RecordedCase, readRecording } from './recorded-decisions';

beforeAll(loadPolicyParser);

describe.each(RECORDED)('what a real server of %s decided', (name) => {
  const dialect = DIALECTS[name];
  const recording = readRecording(name);
  const listOf = ({ policies }: RecordedCase) =>
    AccessList.of(
      Object.entries(policies).map(([policy, text]) => parsePolicy(policy, text, { dialect })),
      dialect,
    );

  test('is enough to count', () => {
    expect(decisionsOf(recording)).toBeGreaterThan(2_000);
    expect(recording.server).toMatch(/^2\./);
  });

  test('the access list reports as capabilities', () => {
    for (const recorded of recording.cases) {
      const list = listOf(recorded);
      for (const [answer, paths] of Object.entries(recorded.capabilities)) {
        const wrong = paths.filter((path) => capabilitiesAnswer(list, path) !== answer);
        expect({ policies: recorded.policies, answer, wrong }).toMatchObject({ wrong: [] });
      }
    }
  });

  test('the access list allows and refuses', () => {
    for (const recorded of recording.cases) {
      const list = listOf(recorded);
      const { policies, allowed, refused } = recorded;
      const wrong = [
        ...allowed.filter((request) => !list.decide(request).allowed),
        ...refused.filter((request) => list.decide(request).allowed),
      ];
      expect({ policies, wrong }).toMatchObject({ wrong: [] });
    }
  });
});
