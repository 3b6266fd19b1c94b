import type { Identity } from './environment-access';
import type { UnnamedIdentity } from './identities';

/**
 * Gives identities the names by which their platform knows them: without the words in front that they have in common with
 * the environment, as `django-crm` for `bizosaas-django-crm` in `bizosaas-production`. Two of the same name keep their
 * full one, or get that of their auth method as well.
 *
 * @param environment its name
 */
export function named(identities: readonly UnnamedIdentity[], environment: string): readonly Identity[] {
  const choices: readonly ((of: UnnamedIdentity) => string)[] = [
    ({ fullName }) => withoutWords(fullName, environment),
    ({ fullName }) => fullName,
    // Not with a slash, which parts an environment from an identity.
    ({ fullName, mount, kind }) => `${fullName}@${(mount ?? kind).replaceAll('/', '.')}`,
    ({ address }) => address,
  ];
  const found = identities.map((identity) => ({ identity, name: '' }));
  let open = found;
  const taken = new Set<string>();
  for (const [i, choice] of choices.entries()) {
    const counts = new Map<string, number>();
    for (const one of open) {
      one.name = choice(one.identity);
      counts.set(one.name, (counts.get(one.name) ?? 0) + 1);
    }
    const isLast = i === choices.length - 1;
    const isOpen = ({ name }: { name: string }) => !isLast && (counts.get(name) !== 1 || taken.has(name));
    const still = open.filter(isOpen);
    for (const one of open) if (!isOpen(one)) taken.add(one.name);
    open = still;
  }
  return found
    .map(({ identity: { mount: _, ...identity }, name }) => ({ ...identity, name }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.address, b.address));
}

function withoutWords(fullName: string, environment: string): string {
  const words = fullName.split('-');
  const others = environment.split('-');
  let common = 0;
  while (common < words.length && words[common] === others[common]) common += 1;
  return words.slice(common).join('-') || fullName;
}

/**
 * What names of stacks have in common in front, word by word: the name of their environment. Of one stack it is its own
 * name, and of stacks that have nothing in common that of the first one.
 */
export function commonName(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return first;
  const words = first.split('-');
  let common = 0;
  while (common < words.length && others.every((name) => name.split('-')[common] === words[common]))
    common += 1;
  return words.slice(0, common).join('-') || first;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
