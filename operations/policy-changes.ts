/** What a policy gives more and less than another, one line a rule: `+ path "apps/config" [read, update]`. */
export function policyChanges(before: string, after: string): readonly string[] {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  const line = (sign: string, path: string, capabilities: string | undefined) =>
    `${sign} path "${path}" [${capabilities}]`;
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .flatMap((path) =>
      old.get(path) === now.get(path)
        ? []
        : [
            ...(old.has(path) ? [line('-', path, old.get(path))] : []),
            ...(now.has(path) ? [line('+', path, now.get(path))] : []),
          ],
    );
}

/** Paths and capabilities, as far as a rule is written as this project writes them. */
function rulesOf(policy: string): Map<string, string> {
  const rules = policy.matchAll(/^path "([^"]+)" \{\s*capabilities = \[([^\]]*)\][^}]*\}/gm);
  return new Map([...rules].map(([, path = '', list = '']) => [path, list.replaceAll('"', '')]));
}
