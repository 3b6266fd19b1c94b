import { environmentNamed } from '../../operations/environment-name';

const NAMES = ['bakery-development', 'shop-development', 'shop-production'];
const ALL = NAMES.join(', ');
const known = { names: NAMES, get: (name: string) => ({ name }) };
const COMMAND = 'npm run deploy --';

test.each(NAMES)('knows %s', (name) => {
  expect(environmentNamed(name, known, COMMAND).name).toBe(name);
});

test.each([
  [undefined, ALL, 'nothing', `name it first, as in ${COMMAND} bakery-development`],
  ['--auto-approve', ALL, "'--auto-approve'", `name it first, as in ${COMMAND} bakery-development`],
  ['kiosk-staging', ALL, "'kiosk-staging'", `name it first, as in ${COMMAND} bakery-development`],
  ['shop-prodution', ALL, "'shop-prodution'", `did you mean ${COMMAND} shop-production`],
  ['shop-prod', ALL, "'shop-prod'", `did you mean ${COMMAND} shop-production`],
  ['bakery', ALL, "'bakery'", `did you mean ${COMMAND} bakery-development`],
  [
    'shop',
    'shop-development, shop-production',
    "'shop'",
    `that is a platform, name its environment too, as in ${COMMAND} shop-development`,
  ],
])('fails with %s', (name, names, got, remedy) => {
  expect(() => environmentNamed(name, known, COMMAND)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      problems: [`'environment' must be one of ${names}, got ${got}; ${remedy}`],
    }),
  );
});
