import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { writeAccessWorkload } from '../../bench/access-workload';
import { writePlanWorkload } from '../../bench/plan-workload';
import { PROGRAMS, type Program, runAccess, runPlanReview, runProgram } from '../../bench/programs';
import { countResources, requireSameResources } from '../../bench/same-resources';

const SERVICES = 3;

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  for (const program of Object.keys(PROGRAMS) as Program[]) {
    fs.mkdirSync(outdirOf(program));
    const usage = runProgram(program, SERVICES, outdirOf(program));
    expect(usage).toMatchObject({ userSeconds: expect.any(Number), peakMiB: expect.any(Number) });
  }
}, 60_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function outdirOf(program: Program): string {
  return path.join(folder, program);
}

test('the library writes what the bench counts', () => {
  // Network, server and mount; of each service a secret, a policy, a token and a container.
  expect(countResources(outdirOf('library'))).toBe(3 + 4 * SERVICES);
});

test.each(['raw', 'raw literal'] as const)('%s produces the same resources as the library', (program) => {
  requireSameResources(outdirOf('library'), outdirOf(program));
});

test('fails with the first difference when a program produces something else', () => {
  const other = path.join(folder, 'other');
  fs.cpSync(outdirOf('raw'), other, { recursive: true });
  const file = path.join(other, 'stacks', 'bench-development-services', 'cdk.tf.json');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"memory": 512', '"memory": 511'));

  expect(() => requireSameResources(outdirOf('library'), other)).toThrow(
    'docker_container service-0 must be the same in both programs, got a difference in /memory: 512 beside 511',
  );
});

describe('who can reach what', () => {
  const [base, head] = ['access-base', 'access-head'];
  beforeAll(() => {
    writeAccessWorkload(path.join(folder, base), SERVICES, 'base');
    writeAccessWorkload(path.join(folder, head), SERVICES, 'head');
  });

  test('the bench measures each part', () => {
    expect(runAccess(path.join(folder, base), path.join(folder, head), SERVICES)).toMatchObject({
      seconds: {
        read: expect.any(Number),
        matrix: expect.any(Number),
        html: expect.any(Number),
        difference: expect.any(Number),
      },
      peakMiB: expect.any(Number),
    });
  });

  test('fails where a result cannot be right', () => {
    const [one, other] = [path.join(folder, base), path.join(folder, head)];
    expect(() => runAccess(one, one, SERVICES)).toThrow(
      'the result must hold every change in the difference',
    );
    expect(() => runAccess(one, other, SERVICES + 1)).toThrow(
      'the result must hold every service in the matrix',
    );
  });
});

describe('the review of a plan', () => {
  const plan = (services: number): string => {
    const file = path.join(folder, `plan-${services}.json`);
    writePlanWorkload(file, services);
    return file;
  };

  test('the bench measures it', () => {
    expect(runPlanReview(plan(SERVICES), path.join(folder, 'comment.md'), SERVICES)).toBeGreaterThan(0);
  });

  test('fails where the comment does not tell all changes', () => {
    expect(() => runPlanReview(plan(SERVICES), path.join(folder, 'comment.md'), SERVICES + 1)).toThrow(
      "the comment must hold every change in its verdict, got none with '8 created, 12 changed |'",
    );
  });
});
