import { type Container, containersOf } from '../container';
import { type Flaw, observations } from '../hardening';
import { isLoopback, isPlainHttp } from '../host-address';
import type { Rule } from '../rule';
import { isTrue, settingText } from '../server-configuration';
import { type AgentConfiguration, agentsOf } from '../vault-agents';
import { providerObservations, providersOf } from '../vault-providers';
import { serversOf, type VaultServer } from '../vault-servers';

/** Over HTTP everybody on the way reads tokens and secrets; without a check of the certificate everybody can be Vault. */
export const plainHttp: Rule = {
  id: 'HRD-B03',
  level: 'fatal',
  title: 'Vault is spoken to without TLS, or with whoever answers',
  applies: (environment) =>
    !environment.isDevelopment && serversOf(environment).length + providersOf(environment).length > 0,
  *check(environment) {
    for (const server of serversOf(environment)) {
      yield* observations(server.container.declared, ofServer(server));
    }
    for (const container of containersOf(environment)) {
      yield* observations(container.declared, ofClient(container));
      const { configuration } = agentsOf(environment).get(container) ?? {};
      if (configuration) yield* observations(container.declared, ofAgent(configuration));
    }
    for (const provider of providersOf(environment)) {
      const { address = '', skipsVerification } = provider;
      if (isPlainHttp(address)) yield* providerObservations(provider, [plain("'address'", address)]);
      if (skipsVerification) yield* providerObservations(provider, [unchecked("'skip_tls_verify'")]);
    }
  },
};

function* ofServer({ configuration }: VaultServer): Iterable<Flaw> {
  for (const listener of configuration?.blocks('listener') ?? []) {
    const address = settingText(listener.settings, 'address') ?? '127.0.0.1:8200';
    if (
      listener.type !== 'tcp' ||
      !isTrue(settingText(listener.settings, 'tls_disable')) ||
      isLoopback(address)
    )
      continue;
    yield {
      seen: `the listener at '${address}' has 'tls_disable'`,
      remedy: "take it away, and give the listener 'tls_cert_file' and 'tls_key_file'",
    };
  }
  const address = configuration?.text('api_addr') ?? '';
  if (isPlainHttp(address)) yield plain("'api_addr'", address);
}

function* ofClient({ environment }: Container): Iterable<Flaw> {
  for (const name of ['VAULT_ADDR', 'BAO_ADDR']) {
    const address = environment.get(name) ?? '';
    if (isPlainHttp(address)) yield plain(`'${name}'`, address);
  }
  for (const name of ['VAULT_SKIP_VERIFY', 'BAO_SKIP_VERIFY']) {
    if (isTrue(environment.get(name))) yield unchecked(`'${name}'`);
  }
}

function* ofAgent({ address = '', skipsVerification }: AgentConfiguration): Iterable<Flaw> {
  if (isPlainHttp(address)) yield plain("'address' of its agent", address);
  if (skipsVerification) yield unchecked("'tls_skip_verify' of its agent");
}

function plain(name: string, address: string): Flaw {
  return { seen: `${name} is '${address}', without TLS`, remedy: 'write it with https://' };
}

function unchecked(name: string): Flaw {
  return {
    seen: `${name} is true: whatever certificate the server shows is believed`,
    remedy: "take it away, and name the authority's certificate",
  };
}
