import { remembered } from './remembered';
import { isTrue, settingText } from './server-configuration';
import { isOpen } from './vault-address';
import type { VaultServer } from './vault-servers';

/** Where a server takes requests. */
export interface ServerListener {
  /** Such as `0.0.0.0`; empty for all addresses. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}

/** @returns nothing where it is not known, or not all of it */
export const listenersOf = remembered((server: VaultServer): readonly ServerListener[] | undefined => {
  const { configuration, isDevelopmentServer } = server;
  if (!configuration && !isDevelopmentServer) return undefined;
  const configured = (configuration?.blocks('listener') ?? [])
    .filter(({ type }) => type === 'tcp')
    .map(({ settings }) =>
      listener(
        settingText(settings, 'address') ?? '127.0.0.1:8200',
        !isTrue(settingText(settings, 'tls_disable')),
      ),
    );
  const all = isDevelopmentServer ? [developmentListener(server), ...configured] : configured;
  return all.length === 0 || all.includes(undefined) ? undefined : (all as ServerListener[]);
});

/** The image's entrypoint listens on all addresses, the program itself on its own host alone. */
function developmentListener({ container, product }: VaultServer): ServerListener | undefined {
  const command = container.words.join(' ');
  const variables = container.environment;
  const [, flag] = /--?dev-listen-address[=\s]["']?([^\s"']+)/.exec(command) ?? [];
  const entrypoint = container.texts('entrypoint').join(' ');
  const isOfImage = container.value('entrypoint') === undefined || /entrypoint\.sh/.test(entrypoint);
  const address =
    flag ??
    variables.get(`${product === 'vault' ? 'VAULT' : 'BAO'}_DEV_LISTEN_ADDRESS`) ??
    variables.get('VAULT_DEV_LISTEN_ADDRESS') ??
    (isOfImage ? '0.0.0.0:8200' : '127.0.0.1:8200');
  return listener(address, /(?:^|\s)--?dev-tls(?:[=\s]|$)/.test(command));
}

function listener(address: string, isTls: boolean): ServerListener | undefined {
  if (isOpen(address) || address.includes('{{')) return undefined;
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
  return { host, port: port === undefined ? 8200 : Number(port), isTls };
}
