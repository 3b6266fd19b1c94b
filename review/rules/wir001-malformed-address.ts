import type { Rule } from '../rule';
import { isOpen, vaultAddress } from '../vault-address';
import { ofClients } from '../vault-clients';

/** Docker passes a variable on as it is written, with its quotes. */
export const malformedAddress: Rule = {
  id: 'WIR001',
  level: 'error',
  title: 'what is written as the address of Vault is none',
  ...ofClients(function* ({ addresses }) {
    for (const { where, text } of addresses) {
      if (isOpen(text) || text.startsWith('unix://')) continue;
      const flaw = flawOf(text);
      // A password in it stays untold.
      const shown = text.includes('@') ? 'holds credentials' : `is '${text}'`;
      if (flaw) yield { seen: `${where} ${shown}, ${flaw}`, remedy: "write it as 'https://vault:8200'" };
    }
  }),
};

function flawOf(text: string): string | undefined {
  if (/^["']|["']$/.test(text)) return 'with quotes, which are part of it';
  if (text !== text.trim()) return 'with blanks around it';
  if (!/^[a-z][\w+.-]*:\/\//i.test(text)) return 'without http:// or https://';
  const address = vaultAddress(text);
  if (!address) return 'which is no address of a server';
  return /^\/(v1|ui)\b/.test(address.path)
    ? `with '${address.path}', which clients add themselves`
    : undefined;
}
