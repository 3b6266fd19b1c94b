import * as fc from 'fast-check';
import * as names from '../../policies/names';

/**
 * What Vault and Docker themselves ask of a name, written down apart from the code: from the documentation of
 * Vault and from Docker's `[a-zA-Z0-9][a-zA-Z0-9_.-]+` and RFC 1123.
 */
const ORACLES: Readonly<
  Record<string, { rule: (name: string) => names.Violation | undefined; holds: (name: string) => boolean }>
> = {
  'a mount': {
    rule: names.violationOfMountPath,
    holds: (name) =>
      isVaultPath(name) &&
      !/[+*]/.test(name) &&
      !['sys', 'auth', 'audit', 'identity', 'cubbyhole'].some((own) => `${name}/`.startsWith(`${own}/`)),
  },
  'a secret': {
    rule: names.violationOfSecretPath,
    holds: (name) => isVaultPath(name) && !/[+*]/.test(name) && !name.startsWith('data/'),
  },
  'a tree': {
    rule: names.violationOfTreePath,
    holds: (name) => isVaultPath(name) && name.split('/').every((part) => part === '+' || !/[+*]/.test(part)),
  },
  'a key': {
    rule: names.violationOfSecretKey,
    holds: (name) => isPrintable(name) && !/["'\\/${}]/.test(name),
  },
  'a policy': {
    rule: names.violationOfPolicyName,
    holds: (name) =>
      isVaultPath(name) &&
      name === name.toLowerCase() &&
      !['root', 'default', 'default-ceiling', 'response-wrapping', 'control-group'].includes(name),
  },
  'a container': {
    rule: names.violationOfContainerName,
    holds: (name) =>
      wholly(name, '[a-zA-Z0-9][a-zA-Z0-9_.-]+') &&
      name.length <= 63 &&
      [...name].every((letter) => 'abcdefghijklmnopqrstuvwxyz0123456789-'.includes(letter)) &&
      !name.startsWith('-') &&
      !name.endsWith('-'),
  },
  'a network or volume': {
    rule: names.violationOfDockerName,
    holds: (name) => wholly(name, '[a-zA-Z0-9][a-zA-Z0-9_.-]+') && name.length <= 255,
  },
  'a file': {
    rule: names.violationOfFileName,
    holds: (name) => isPrintable(name) && name !== '.' && name !== '..' && !/[/;&|$'"`\\*?]/.test(name),
  },
  'a variable': {
    rule: names.violationOfVariableName,
    holds: (name) => wholly(name, '[a-zA-Z_][a-zA-Z0-9_]*'),
  },
  'a service': {
    rule: names.violationOfLabel,
    holds: (name) =>
      wholly(name, '[a-z0-9-]+') && name.length <= 40 && new URL(`http://${name}/`).hostname === name,
  },
};

function wholly(name: string, pattern: string): boolean {
  const [found] = new RegExp(pattern).exec(name) ?? [];
  return found === name;
}

function isPrintable(name: string): boolean {
  return name !== '' && [...name].every((letter) => letter > ' ' && letter < '\u007f');
}

function isVaultPath(path: string): boolean {
  return isPrintable(path) && path.split('/').every((segment) => segment !== '') && !path.includes('..');
}

/** Names near the border: pieces that the rules speak of, and any Unicode. */
const candidates = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...[
          'a',
          'B',
          '7',
          '-',
          '_',
          '.',
          '..',
          '/',
          '+',
          '*',
          ' ',
          '\n',
          '\u0000',
          'é',
          'root',
          'default',
          'data',
        ],
        ...['metadata', 'sys', 'audit', '-ceiling', "'", '"', '$', 'x'.repeat(39), 'y'.repeat(62)],
      ),
      { maxLength: 7 },
    )
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

describe.each(Object.entries(ORACLES))('%s', (_, { rule, holds }) => {
  test('a name that is accepted satisfies the rule of Vault or Docker', () => {
    fc.assert(
      fc.property(candidates, (name) => {
        if (rule(name) === undefined) expect([name, holds(name)]).toEqual([name, true]);
      }),
      { numRuns: 500 },
    );
  });

  test('what a remedy proposes is accepted by the same rule', () => {
    fc.assert(
      fc.property(candidates, (name) => {
        const [, proposed] = /write it as '([^']*)'/.exec(rule(name)?.remedy ?? '') ?? [];
        if (proposed !== undefined) expect([name, rule(proposed)]).toEqual([name, undefined]);
      }),
      { numRuns: 500 },
    );
  });

  test('a name that is refused gets a rule and a remedy', () => {
    fc.assert(
      fc.property(candidates, (name) => {
        const violation = rule(name);
        if (violation) {
          expect(violation.rule).toMatch(/^must /);
          expect(violation.remedy).toMatch(/^(write it as '.+'|choose another name)/s);
        }
      }),
    );
  });
});
