import type { Machine } from './machine';

const OLDEST = '1.11';

/** The program that the CDKTF command line calls. */
export function terraformProgram({ variables }: Machine): string {
  return variables.TERRAFORM_BINARY_NAME ?? 'terraform';
}

/** Why Terraform cannot be used, if it cannot. */
export async function terraformProblem(machine: Machine): Promise<string | undefined> {
  const program = terraformProgram(machine);
  const remedy = `install Terraform ${OLDEST} or newer, or set TERRAFORM_BINARY_NAME`;
  const answer = await machine.capture(program, ['version', '-json'], { CHECKPOINT_DISABLE: '1' });
  if (answer.status !== 0) {
    return `'${program}' must be Terraform ${OLDEST} or newer, got ${answer.failure}; ${remedy}`;
  }
  const version = versionIn(answer.stdout);
  return version !== undefined && isNewEnough(version)
    ? undefined
    : `'${program}' must be Terraform ${OLDEST} or newer, got version ${version ?? 'unknown'}; ${remedy}`;
}

function versionIn(output: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(output) as { terraform_version?: string };
    return version;
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
