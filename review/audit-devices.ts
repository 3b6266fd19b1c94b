import { isObject, markedText } from '../policies/terraform-value';
import { textOf as knownText, type ReviewedBlock, type ReviewedEnvironment } from './reviewed-environment';
import { isSettings, type Settings, settingText } from './server-configuration';
import { serversOf } from './vault-servers';

/** What gets a copy of each request and answer. */
export interface AuditDevice {
  readonly declared: ReviewedBlock;
  readonly name: string;
  /** Where a `file` device writes. */
  readonly file?: string;
  /** Whether it writes secrets as they are, and not their HMAC. */
  readonly isRaw: boolean;
}

/** Those that Terraform enables, and those of a server's configuration, as OpenBao has them: of each server its own. */
export function auditDevicesOf(environment: ReviewedEnvironment): readonly AuditDevice[] {
  const [server] = serversOf(environment);
  const configured = server?.configuration?.blocks('audit') ?? [];
  return [
    ...environment.blocks.flatMap(declaredDevice),
    ...configured.flatMap(({ type, settings }) =>
      devicesIn(settings).map((device) => ({
        declared: server?.container.declared as ReviewedBlock,
        name: type,
        file: settingText(device, 'file_path'),
        isRaw: settingText(device, 'log_raw') === 'true',
      })),
    ),
  ];
}

function declaredDevice(declared: ReviewedBlock): AuditDevice | readonly [] {
  const { block } = declared;
  if (block.kind !== 'resource') return [];
  if (block.type === 'vault_generic_endpoint') {
    const [, name] = /^\/?sys\/audit\/(.+?)\/?$/.exec(knownText(block, 'path') ?? '') ?? [];
    return name === undefined ? [] : { declared, name, isRaw: false };
  }
  if (block.type !== 'vault_audit') return [];
  const options = block.values.attribute(block, 'options');
  const { file_path, log_raw } = isObject(options) ? options : {};
  return {
    declared,
    name: knownText(block, 'path') ?? block.label,
    file: file_path === undefined ? undefined : markedText(file_path),
    isRaw: String(log_raw) === 'true',
  };
}

/** A stanza has the options in a block of their own, and a second label around that. */
function devicesIn(settings: Settings): readonly Settings[] {
  const options = (settings.options ?? []).filter(isSettings);
  if (options.length > 0) return options;
  const labelled = Object.values(settings).flat().filter(isSettings);
  return labelled.length === 0 ? [settings] : labelled.flatMap(devicesIn);
}
