/**
 * As Vault compares texts in policies: `*` at the beginning or at the end stands for any rest, elsewhere for itself. One
 * alone stands for itself too; what matches every text is `**`.
 */
export function globMatches(glob: string, text: string): boolean {
  if (glob.length < 2) return glob === text;
  const open = glob.startsWith('*');
  const close = glob.endsWith('*');
  const core = glob.slice(open ? 1 : 0, close ? -1 : undefined);
  if (open && close) return text.includes(core);
  if (open) return text.endsWith(core);
  if (close) return text.startsWith(core);
  return glob === text;
}
