import { Distribution } from '../../constructs/distribution';
import { type ConfiguredModeProps, ServerMode } from '../../constructs/server-mode';
import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { PRODUCTION, resources, type SynthesizedStack, synth, testApp, testPlatform } from '../helper';

const platforms = { bizosaas, zakupai, configService };

export interface Stacks {
  readonly vault: SynthesizedStack;
  readonly access: SynthesizedStack;
  readonly services: SynthesizedStack;
}

export type Json = Record<string, unknown>;

export const production: readonly (readonly [string, Stacks])[] = Object.entries(platforms).map(
  ([name, declare]) => {
    const [vault, access, services] = declare(testApp(), PRODUCTION).stacks;
    return [name, { vault: synth(vault), access: synth(access), services: synth(services) }] as const;
  },
);

export function containersOf(stack: SynthesizedStack): Json[] {
  return Object.values(resources(stack, 'docker_container'));
}

/** The containers of the server: those that run it, and those that only copy files. */
export function serversOf({ vault }: Stacks): Json[] {
  return containersOf(vault).filter(({ must_run }) => must_run !== false);
}

/** The configuration of each node. */
export function configurationsOf({ vault }: Stacks): string[] {
  return containersOf(vault).flatMap(({ upload }) =>
    ((upload ?? []) as { file: string; content?: string }[])
      .filter(({ file }) => file.endsWith('config.hcl'))
      .map(({ content = '' }) => content),
  );
}

export function allContainers({ vault, services }: Stacks): Json[] {
  return [...serversOf({ vault } as Stacks), ...containersOf(services)];
}

export function ulimit(container: Json, name: string): { soft: number; hard: number } | undefined {
  return ((container.ulimit ?? []) as { name: string; soft: number; hard: number }[]).find(
    (one) => one.name === name,
  );
}

/** A production server of HashiCorp Vault with one thing chosen otherwise. */
export function serverWith(
  mode: ConfiguredModeProps,
  distribution = Distribution.vault('hashicorp/vault:1.17.6'),
) {
  const platform = testPlatform(testApp(), {
    environment: PRODUCTION,
    vault: { containerName: 'shop-vault', distribution, mode: ServerMode.configured(mode) },
  });
  const [vault, access, services] = platform.stacks;
  return { vault: synth(vault), access: synth(access), services: synth(services) };
}
