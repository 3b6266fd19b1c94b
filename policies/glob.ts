/** As Vault compares texts in policies: `*` at the beginning or at the end stands for any rest, elsewhere for itself. */
export function globMatches(glob: string, text: string): boolean {
  // One star alone is both, and matches everything.
  if (glob === '*') return true;
  const open = glob.startsWith('*');
  const close = glob.endsWith('*');
  const core = glob.slice(open ? 1 : 0, close ? -1 : undefined);
  if (open && close) return text.includes(core);
  if (open) return text.endsWith(core);
  if (close) return text.startsWith(core);
  return glob === text;
}
