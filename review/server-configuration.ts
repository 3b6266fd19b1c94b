import { type HclEntry, type HclValue, readHcl } from '../policies/hcl-document';
import { PolicyTextError } from '../policies/policy-text-error';

/** What stands in a configuration: HCL has the same thing several times where JSON has a list. */
export type Setting = string | number | boolean | Settings;
export interface Settings {
  readonly [name: string]: readonly Setting[];
}

/** A block with a label, such as `listener "tcp"`. */
export interface SettingsBlock {
  readonly type: string;
  readonly settings: Settings;
}

/** What a server is configured to do: all its files together, as the server puts them together. */
export class ServerConfiguration {
  private constructor(private readonly files: readonly Settings[]) {}

  /**
   * Needs `loadPolicyParser` to have ended.
   *
   * @param texts HCL or JSON
   * @returns nothing where one of them cannot be read
   */
  public static of(texts: readonly string[]): ServerConfiguration | undefined {
    const files = texts.map(settingsOf);
    return files.includes(undefined) ? undefined : new ServerConfiguration(files as Settings[]);
  }

  /** The last one holds. @returns nothing where it is not there, or no single value */
  public text(name: string): string | undefined {
    return lastText(this.files.flatMap((file) => file[name] ?? []));
  }

  public isTrue(name: string): boolean {
    return isTrue(this.text(name));
  }

  /** Blocks without a label, such as `vault` of an agent. */
  public sections(name: string): readonly Settings[] {
    return this.files.flatMap((file) => file[name] ?? []).filter(isSettings);
  }

  public blocks(name: string): readonly SettingsBlock[] {
    return this.sections(name).flatMap(labelled);
  }
}

/** What is in blocks with a label. */
export function labelled(settings: Settings): readonly SettingsBlock[] {
  return Object.entries(settings).flatMap(([type, bodies]) =>
    bodies.filter(isSettings).map((one) => ({ type, settings: one })),
  );
}

/** @returns nothing where it is not there, or no single value */
export function settingText(settings: Settings, name: string): string | undefined {
  return lastText(settings[name] ?? []);
}

/** As Vault reads a switch. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(true|1|t)$/i.test(text);
}

/** HCL of Vault's has names in quotes, such as those of headers, which HCL of today has not. */
const QUOTED_NAME = /^([ \t]*)"([A-Za-z_][\w-]*)"([ \t]*=)/gm;

function settingsOf(text: string): Settings | undefined {
  try {
    if (/^\s*\{/.test(text)) return ofJson(JSON.parse(text) as object);
    const unified = text.replaceAll('\r\n', '\n').replace(QUOTED_NAME, '$1$2$3');
    return ofEntries(readHcl(unified, 'configuration'));
  } catch (error) {
    if (error instanceof PolicyTextError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function ofJson(object: object): Settings {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, jsonSettings(value)]));
}

function jsonSettings(value: unknown): readonly Setting[] {
  if (Array.isArray(value)) return value.flatMap(jsonSettings);
  if (value === null) return [];
  return [typeof value === 'object' ? ofJson(value as object) : (value as string | number | boolean)];
}

function ofEntries(entries: readonly HclEntry[]): Settings {
  const settings: Record<string, Setting[]> = Object.create(null);
  for (const { key, labels, value } of entries) {
    const inside = labels.reduceRight<readonly Setting[]>(
      (body, { text }) => [{ [text]: body }],
      hclSettings(value),
    );
    settings[key] = [...(settings[key] ?? []), ...inside];
  }
  return settings;
}

function hclSettings(value: HclValue): readonly Setting[] {
  if (value.kind === 'list') return value.items.flatMap(hclSettings);
  return [value.kind === 'object' ? ofEntries(value.entries) : value.value];
}

export function isSettings(setting: Setting): setting is Settings {
  return typeof setting === 'object';
}

function lastText(settings: readonly Setting[]): string | undefined {
  const last = settings.at(-1);
  return last === undefined || isSettings(last) ? undefined : String(last);
}
