import type { Capability } from './capability';
import { kvApiPath } from './kv-access';
import { violationOfMountPath, violationOfPolicyName, violationOfSecretPath } from './names';
import type { TerraformBlock } from './terraform-json';

/** One path that Terraform's provider calls, and what it does there, as a verb: `mounts`, `writes`. */
export interface TerraformCall {
  readonly path: string;
  readonly capabilities: readonly Capability[];
  readonly purpose: string;
  /** Only with the answer wrapped: never in plain. */
  readonly wrapped?: true;
}

/** The calls for one resource or data source. */
export interface TerraformCalls {
  /** To create, read back and change it. */
  readonly keep: readonly TerraformCall[];
  /** To destroy it. */
  readonly destroy?: readonly TerraformCall[];
  /** The mount of a secrets engine that it is or is in, such as `apps`. */
  readonly engine?: string;
  /** The API path of the mount that it is in: who deletes this destroys the resource too. */
  readonly heldBy?: string;
}

/**
 * The calls of Terraform's Vault provider 5.6.0, by type of resource, for those that the stacks make. Read in its
 * source, then run: with these a resource is created, read, changed and destroyed, and without any one of them
 * something of that fails.
 *
 * Vault asks for `create` only where the engine says whether the object exists (KV v2, roles of auth methods), and
 * for `update` in all other writes. A mount that gets another path would be moved with `sys/remount`, which is
 * left out: it needs `sudo` and reaches every mount.
 */
const RESOURCES: Readonly<Record<string, (block: TerraformBlock) => TerraformCalls>> = {
  vault_mount: (block) => {
    const engine = block.name('path', violationOfMountPath);
    const path = `sys/mounts/${engine}`;
    return {
      keep: [call('mounts', path, 'read', 'update'), call('tunes', `${path}/tune`, 'update')],
      destroy: [call('unmounts', path, 'delete')],
      engine,
    };
  },

  vault_kv_secret_v2: (block) => {
    if (!block.isTrue('disable_read')) {
      throw new Error(
        `'disable_read' of ${block.address} must be true, got ${block.written('disable_read')}; otherwise Terraform reads the secret back, and so could whoever deploys`,
      );
    }
    const engine = block.name('mount', violationOfMountPath);
    const secret = block.name('name', violationOfSecretPath);
    const data = kvApiPath(engine, 'data', secret);
    const metadata = kvApiPath(engine, 'metadata', secret);
    return {
      keep: [
        call('writes', data, 'create', 'update'),
        ...(block.has('custom_metadata') ? [call('describes', metadata, 'update')] : []),
      ],
      destroy: [call('removes', block.isTrue('delete_all_versions') ? metadata : data, 'delete')],
      engine,
      heldBy: `sys/mounts/${engine}`,
    };
  },

  vault_policy: (block) => {
    const path = `sys/policies/acl/${block.name('name', violationOfPolicyName)}`;
    return {
      keep: [call('writes', path, 'read', 'update')],
      destroy: [call('removes', path, 'delete')],
    };
  },

  // Vault asks for `sudo` wherever auth methods are enabled and disabled.
  vault_auth_backend: (block) => {
    const path = block.name('path');
    return {
      keep: [
        call('enables', `sys/auth/${path}`, 'update', 'sudo'),
        call('looks up', `sys/mounts/auth/${path}`, 'read'),
        call('tunes', `sys/mounts/auth/${path}/tune`, 'read', 'update'),
      ],
      destroy: [call('disables', `sys/auth/${path}`, 'delete', 'sudo')],
    };
  },

  vault_approle_auth_backend_role: (block) => {
    const method = block.name('backend');
    const path = `auth/${method}/role/${block.name('role_name')}`;
    return {
      keep: [
        call('writes', path, 'create', 'read', 'update'),
        call(
          'keeps the id of',
          `${path}/role-id`,
          'read',
          ...(block.has('role_id') ? (['update'] as const) : []),
        ),
      ],
      destroy: [call('removes', path, 'delete')],
      heldBy: `sys/auth/${method}`,
    };
  },

  vault_approle_auth_backend_role_secret_id: (block) => {
    if (!block.has('wrapping_ttl')) {
      throw new Error(
        `'wrapping_ttl' of ${block.address} must be set, got nothing; otherwise the secret id stands in the state`,
      );
    }
    if (!block.isTrue('with_wrapped_accessor')) {
      throw new Error(
        `'with_wrapped_accessor' of ${block.address} must be true, got ${block.written('with_wrapped_accessor')}; otherwise whoever deploys must be able to revoke any token`,
      );
    }
    const path = `auth/${block.name('backend')}/role/${block.name('role_name')}`;
    return {
      keep: [
        { ...call('issues', `${path}/secret-id`, 'update'), wrapped: true },
        call('looks up', `${path}/secret-id-accessor/lookup`, 'update'),
      ],
      destroy: [call('removes', `${path}/secret-id-accessor/destroy`, 'update')],
    };
  },

  vault_audit: (block) => {
    const path = `sys/audit/${block.name('path')}`;
    return {
      keep: [
        // Every change of an audit device is another device: one that is taken over and protected stays as it is.
        ...(block.isTakenOver && block.preventsDestroy ? [] : [call('enables', path, 'update', 'sudo')]),
        call('lists the audit devices for', 'sys/audit', 'read', 'sudo'),
      ],
      destroy: [call('disables', path, 'delete', 'sudo')],
    };
  },
};

/**
 * The list of mounts says which are there. Any other path could be that of a secret. The provider first asks
 * `sys/internal/ui/mounts` whether the path is one of KV v2: Vault answers everybody.
 */
const READABLE_PATHS: readonly string[] = ['sys/mounts'];

const DATA_SOURCES: typeof RESOURCES = {
  vault_generic_secret: (block) => {
    const path = block.literal('path');
    if (!READABLE_PATHS.includes(path)) {
      throw new Error(
        `'path' of ${block.address} must be one of ${READABLE_PATHS.map((one) => `'${one}'`).join(', ')}, got '${path}'; whoever deploys must not read secrets`,
      );
    }
    return { keep: [call('reads', path, 'read')] };
  },
};

/** Ephemeral resources read credentials, and nothing else. */
const TABLES: Readonly<Record<TerraformBlock['kind'], typeof RESOURCES>> = {
  resource: RESOURCES,
  data: DATA_SOURCES,
  ephemeral: {},
};

/**
 * The calls for one resource or data source.
 * @throws where its type is not known here, where a name is not known at synth, and where it would read a secret
 */
export function terraformCalls(block: TerraformBlock): TerraformCalls {
  if (block.has('namespace')) {
    throw new Error(
      `'namespace' of ${block.address} must not be set, got ${block.written('namespace')}; policies here are those of one namespace`,
    );
  }
  if (block.kind === 'resource' && block.type === 'vault_token') {
    throw new Error(
      `'type' of ${block.address} must not be 'vault_token' on a server with operators, got one that stands in the state; let the service log in by itself`,
    );
  }
  const calls = TABLES[block.kind][block.type];
  if (!calls) {
    throw new Error(
      `'type' of ${block.address} must be one of which the calls to Vault are known, got '${block.type}'; add it to policies/terraform-calls.ts`,
    );
  }
  return calls(block);
}

function call(purpose: string, path: string, ...capabilities: readonly Capability[]): TerraformCall {
  return { purpose, path, capabilities };
}
