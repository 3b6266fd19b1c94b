import * as fs from 'node:fs';
import { Environments } from '../../operations/environments';
import { requiredFiles } from '../../operations/required-files';
import { put, serverProject } from './server-project';

const DAY = 24 * 60 * 60 * 1000;
const before = process.cwd();
beforeEach(async () => process.chdir(await serverProject()));
afterEach(() => process.chdir(before));

const findings = (name: string, now = new Date()) =>
  requiredFiles(new Environments('cdktf.out').get(name), now);
const IN_ORDER = { problems: [], warnings: [] };

test.each(['forge-development', 'mill-staging', 'mine-staging', 'quarry-production'])(
  'the files of %s are in order',
  (name) => {
    expect(findings(name)).toEqual(IN_ORDER);
  },
);

test('fails without certificates and says so once', () => {
  fs.rmSync('certificates', { recursive: true });
  expect(findings('mill-staging')).toEqual({
    problems: [
      "'certificates/mill-staging' must hold the server's certificates, got nothing; make them with npm run certificates -- mill-staging, or put ca.pem, server.pem and server-key.pem of your own authority there",
    ],
    warnings: [],
  });
});

test('fails with a certificate that has ended', () => {
  const { problems } = findings('mill-staging', new Date(Date.now() + 1000 * DAY));
  expect(problems).toEqual([
    expect.stringMatching(
      /^'certificates\/mill-staging\/server.pem' must be valid now, got .*, which ended on /,
    ),
  ]);
});

test('a certificate that ends soon is a warning', () => {
  const { problems, warnings } = findings('mill-staging', new Date(Date.now() + 350 * DAY));
  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    expect.stringMatching(/^'certificates\/mill-staging\/server.pem' must be renewed before /),
  ]);
});

describe('what a seal needs', () => {
  const FILE = 'seals/mine-staging/token';

  test('fails where it is not there', () => {
    fs.rmSync(FILE);
    expect(findings('mine-staging').problems).toEqual([
      `'${FILE}' must be there, got no such file; put what the transit seal needs there, with mode 0600`,
    ]);
  });

  test('fails where it is empty', () => {
    put(FILE, '');
    expect(findings('mine-staging').problems).toEqual([
      `'${FILE}' must hold something, got an empty file; put what the transit seal needs there, with mode 0600`,
    ]);
  });

  test('fails where others may read it', () => {
    fs.chmodSync(FILE, 0o644);
    expect(findings('mine-staging').problems).toEqual([
      `'${FILE}' must be open to its owner alone, got mode 0644; run chmod 600 ${FILE}`,
    ]);
  });

  test('fails where something else is in its place', () => {
    fs.rmSync('seals', { recursive: true });
    fs.writeFileSync('seals', '');
    expect(findings('mine-staging').problems).toEqual([
      `'${FILE}' must be a file that can be read, got ENOTDIR; correct it`,
    ]);
  });
});

describe('the authority of somebody else’s server', () => {
  const FILE = 'certificates/quarry-production/ca.pem';

  test('fails where it is not there', () => {
    fs.rmSync(FILE);
    expect(findings('quarry-production').problems).toEqual([
      `'${FILE}' must be there, got no such file; put it there, or ask those who run the server for the certificate of its authority`,
    ]);
  });

  test('fails where it is no certificate, without repeating it', () => {
    put(FILE, 'hidden');
    expect(findings('quarry-production').problems).toEqual([
      expect.stringMatching(
        /^'certificates\/quarry-production\/ca.pem' must hold certificates as PEM, got none; (?!.*hidden)/,
      ),
    ]);
  });
});
