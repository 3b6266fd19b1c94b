import {
  type Violation,
  violationOfContainerName,
  violationOfDockerName,
  violationOfFileName,
  violationOfLabel,
  violationOfVariableName,
} from '../../policies/names';

function text(violation: Violation | undefined): string | undefined {
  return violation && `${violation.rule}; ${violation.remedy}`;
}

describe('the name of a container', () => {
  test.each(['ab', 'a1', '1a', 'bizosaas-django-crm-8003', 'a'.repeat(63)])('accepts %j', (name) => {
    expect(violationOfContainerName(name)).toBeUndefined();
  });

  test.each([
    ['', 'billing-service'],
    ['a', 'billing-service'],
    ['-', 'billing-service'],
    ['a'.repeat(64), 'a'.repeat(63)],
    [`${'a'.repeat(62)}-${'b'.repeat(9)}`, 'a'.repeat(62)],
    ['Django_CRM', 'django-crm'],
    ['-crm-', 'crm'],
    ['crm.example', 'crm-example'],
    ['crm\n', 'crm'],
    ['größe', 'gr-e'],
  ])('fails on %j', (name, remedy) => {
    expect(text(violationOfContainerName(name))).toBe(
      `must be a DNS label of 2 to 63 characters: a-z, 0-9 and '-', not at either end; write it as '${remedy}'`,
    );
  });
});

describe('the name of a network or a volume', () => {
  test.each(['apps-network', 'Apps_1.x', 'ab', 'a'.repeat(255)])('accepts %j', (name) => {
    expect(violationOfDockerName(name)).toBeUndefined();
  });

  test.each(['', 'a', '-ab', '.ab', 'a b', 'ab\n', 'a/b', 'é1', 'a'.repeat(256)])('fails on %j', (name) => {
    expect(text(violationOfDockerName(name))).toBe(
      "must match Docker's [a-zA-Z0-9][a-zA-Z0-9_.-]+ and have 255 characters at most; write it as 'apps-network'",
    );
  });
});

describe('the name of a file', () => {
  test.each(['password', 'prometheus.yml', 'env', '_x', '1.conf'])('accepts %j', (name) => {
    expect(violationOfFileName(name)).toBeUndefined();
  });

  test.each(['', '..', '../x', 'a/b', 'a b', 'a;b', '$x', 'env\n', '-x'])('fails on %j', (name) => {
    expect(text(violationOfFileName(name))).toBe(
      "must consist of letters, digits, '_', '-' and '.' and start with a letter, digit or '_'; write it as 'password'",
    );
  });
});

describe('the name of a variable', () => {
  test.each(['VAULT_ADDR', '_', 'A1', 'X'])('accepts %j', (name) => {
    expect(violationOfVariableName(name)).toBeUndefined();
  });

  test.each([
    ['', 'LOG_LEVEL'],
    ['log-level', 'LOG_LEVEL'],
    ['1ST', '_1ST'],
    ['a b', 'A_B'],
    ['A=B', 'A_B'],
    ['LOG\n', 'LOG_'],
    ['straße', 'STRASSE'],
  ])('fails on %j', (name, remedy) => {
    expect(text(violationOfVariableName(name))).toBe(
      `must consist of A-Z, 0-9 and '_' and not start with a digit; write it as '${remedy}'`,
    );
  });
});

describe('the name of a platform or service', () => {
  test.each(['a', 'config-service', 'n8n', 'a'.repeat(40)])('accepts %j', (name) => {
    expect(violationOfLabel(name)).toBeUndefined();
  });

  test.each([
    ['', 'billing-service'],
    ['billingService', 'billing-service'],
    ['billing_service', 'billing-service'],
    ['8billing', 'billing'],
    ['billing--service', 'billing-service'],
    ['billing-', 'billing'],
    ['a'.repeat(41), 'a'.repeat(40)],
    [`${'a'.repeat(39)}-bb`, 'a'.repeat(39)],
    ['é', 'billing-service'],
    ['billing\n', 'billing'],
  ])('fails on %j', (name, remedy) => {
    expect(text(violationOfLabel(name))).toBe(
      `must be kebab-case, start with a letter and have 40 characters at most; write it as '${remedy}'`,
    );
  });
});
