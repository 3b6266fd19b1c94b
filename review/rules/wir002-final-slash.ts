import type { Flaw } from '../hardening';
import type { Rule } from '../rule';
import { ofClients } from '../vault-clients';

/** Programs that put paths together ask for `//v1/…` or `secret//data/…`, and are sent elsewhere, or find nothing. */
export const finalSlash: Rule = {
  id: 'WIR002',
  level: 'info',
  title: 'an address or a mount has a slash at its end',
  ...ofClients(function* ({ addresses, mounts }) {
    for (const { where, text, address } of addresses) {
      if (address?.path === '/') yield flaw(where, text);
    }
    for (const [name, mount] of mounts) {
      if (/^\/|\/$/.test(mount)) yield flaw(`'${name}'`, mount);
    }
  }),
};

function flaw(where: string, text: string): Flaw {
  return { seen: `${where} is '${text}'`, remedy: `write it as '${text.replace(/^\/+|\/+$/g, '')}'` };
}
