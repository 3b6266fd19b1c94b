import * as fs from 'node:fs';
import * as path from 'node:path';
import { CertificateFolder } from '../../constructs/certificate-folder';
import { certificateProblems } from '../../constructs/certificate-problems';
import type { VaultDescription } from '../../constructs/vault-description';
import { certificates } from '../../operations/certificates';
import { NAMES, NOW } from '../constructs/certificate-maker';
import { FakeMachine, temporaryFolder } from './fakes';

export const FOLDER = new CertificateFolder('shop-staging');
/** The files that the command makes. */
export const MADE = ['ca-key.pem', 'ca.pem', 'server-key.pem', 'server.pem'];
/** What a check finds of a set that is in order. */
export const IN_ORDER = { missing: false, problems: [], warnings: [] };

const DESCRIPTION: VaultDescription = {
  distribution: 'openbao',
  mode: 'configured',
  development: false,
  addresses: ['https://127.0.0.1:8200'],
  ca: 'certificates/shop-staging/ca.pem',
  certificates: 'certificates/shop-staging',
  certificate_names: NAMES,
  storage: 'raft',
  seal: 'shamir',
  audit: [],
  audit_enabled_by: 'configuration',
  operator_access: [],
};
const { ca: _ca, certificates: _certificates, certificate_names: _names, ...WITHOUT_TLS } = DESCRIPTION;

const SERVERS: Readonly<Record<string, VaultDescription | undefined>> = {
  'shop-staging': DESCRIPTION,
  'bakery-development': { ...WITHOUT_TLS, mode: 'in-memory', development: true },
  'forge-development': { ...WITHOUT_TLS, addresses: ['http://127.0.0.1:8200'], development: true },
  'mill-staging': { ...WITHOUT_TLS, mode: 'external', ca: 'certificates/mill-staging/ca.pem' },
  'quarry-staging': undefined,
};

/** A folder with what a synth writes of a shop over TLS, and of servers that need no certificate. */
function projectWithServers(): string {
  const folder = temporaryFolder();
  const stacks: Record<string, { workingDirectory: string }> = {};
  for (const [environment, vault] of Object.entries(SERVERS)) {
    for (const part of ['vault', 'access', 'services']) {
      const name = `${environment}-${part}`;
      stacks[name] = { workingDirectory: `stacks/${name}` };
      fs.mkdirSync(path.join(folder, 'cdktf.out/stacks', name), { recursive: true });
      const json = part === 'vault' ? { locals: { vault } } : {};
      fs.writeFileSync(path.join(folder, 'cdktf.out/stacks', name, 'cdk.tf.json'), JSON.stringify(json));
    }
  }
  fs.writeFileSync(path.join(folder, 'cdktf.out/manifest.json'), JSON.stringify({ stacks }));
  return folder;
}

/** Lets each test of a file work in a project of its own, and reads what it prints. */
export function certificateProject() {
  const before = process.cwd();
  const output = { stdout: '', stderr: '' };
  beforeEach(() => {
    process.chdir(projectWithServers());
    for (const stream of ['stdout', 'stderr'] as const) {
      output[stream] = '';
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        output[stream] += text;
        return true;
      });
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.chdir(before);
  });
  return {
    output,
    run: (args: readonly string[], now = NOW) => certificates(args, { machine: new FakeMachine(), now }),
    /** All files of the environment, with their content. */
    files: () =>
      Object.fromEntries(
        fs
          .readdirSync(FOLDER.path)
          .sort()
          .map((name) => [name, fs.readFileSync(path.join(FOLDER.path, name), 'utf8')]),
      ),
    read: (file: string) => fs.readFileSync(file, 'utf8'),
    put: (file: string, content: string) => {
      fs.mkdirSync(FOLDER.path, { recursive: true });
      fs.writeFileSync(file, content, { mode: 0o600 });
    },
    check: (now = NOW) => certificateProblems(FOLDER, NAMES, now),
  };
}
