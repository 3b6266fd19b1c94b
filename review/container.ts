import {
  isList,
  isObject,
  markedText,
  Unknown,
  type Value,
  type ValueObject,
} from '../policies/terraform-value';
import { remembered } from './remembered';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';

/** A `docker_container`, as far as its attributes are known before an apply. */
export class Container {
  // Dozens of rules ask the same of it.
  private readonly known = new Map<string, Value>();
  private knownEnvironment?: ReadonlyMap<string, string>;
  private knownWords?: readonly string[];
  private knownMounts?: readonly Mount[];

  public constructor(public readonly declared: ReviewedBlock) {}

  /** @returns nothing where it is not written */
  public value(attribute: string): Value | undefined {
    const { block } = this.declared;
    if ((block.attributes[attribute] ?? undefined) === undefined) return undefined;
    const known = this.known.get(attribute);
    if (known !== undefined) return known;
    const value = block.values.attribute(block, attribute) ?? undefined;
    if (value !== undefined) this.known.set(attribute, value);
    return value;
  }

  /** Where a text is not known, what is known of it, and the rest in brackets. */
  public text(attribute: string): string | undefined {
    return textOf(this.value(attribute));
  }

  /** @returns nothing where only Terraform knows it; 0 where it is not written */
  public number(attribute: string): number | undefined {
    const value = this.value(attribute) ?? 0;
    return value instanceof Unknown ? undefined : Number(value);
  }

  /** @returns nothing where only Terraform knows it; `false` where it is not written */
  public flag(attribute: string): boolean | undefined {
    return flagOf(this.value(attribute));
  }

  /** Of a list; Terraform's JSON may have one thing for a list of it. */
  public items(attribute: string): readonly Value[] {
    const value = this.value(attribute);
    if (value === undefined) return [];
    return isList(value) ? value : [value];
  }

  public texts(attribute: string): readonly string[] {
    return this.items(attribute).flatMap((one) => textOf(one) ?? []);
  }

  /** Of nested blocks. */
  public blocks(attribute: string): readonly ValueObject[] {
    return this.items(attribute).filter(isObject);
  }

  /** Whether some of it is known at an apply only, so that nobody can say what is not there. */
  public isUnsure(attribute: string): boolean {
    const { dynamic } = this.declared.block.attributes;
    const isDynamic =
      dynamic !== undefined && [dynamic].flat().some((one) => Object.hasOwn(one as object, attribute));
    return isDynamic || this.items(attribute).some((one) => one instanceof Unknown);
  }

  /** Of its process, by name. */
  public get environment(): ReadonlyMap<string, string> {
    this.knownEnvironment ??= environmentOf(this);
    return this.knownEnvironment;
  }

  /** What it runs, as far as it is written here and not in its image. */
  public get words(): readonly string[] {
    this.knownWords ??= [...this.texts('entrypoint'), ...this.texts('command')];
    return this.knownWords;
  }

  public get name(): string {
    return this.text('name') ?? this.declared.block.label;
  }

  /** What it has besides its own file system. */
  public get mounts(): readonly Mount[] {
    this.knownMounts ??= mountsOf(this);
    return this.knownMounts;
  }
}

export interface Mount {
  /** In the container. */
  readonly path: string;
  /** Docker's name of it. @default none, or one without a name */
  readonly volume?: string;
  /** On the host. @default none */
  readonly host?: string;
  readonly isReadOnly: boolean;
}

function environmentOf(container: Container): ReadonlyMap<string, string> {
  const variables = container.texts('env').map((text): [string, string] => {
    const end = text.indexOf('=');
    return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
  });
  return new Map(variables);
}

function mountsOf(container: Container): readonly Mount[] {
  const volumes = container.blocks('volumes').map((one) => ({
    path: textOf(one.container_path) ?? '',
    volume: textOf(one.volume_name),
    host: textOf(one.host_path),
    isReadOnly: flagOf(one.read_only) ?? true,
  }));
  const mounts = container
    .blocks('mounts')
    .filter(({ type }) => type !== 'tmpfs')
    .map((one) => ({
      path: textOf(one.target) ?? '',
      ...(one.type === 'bind' ? { host: textOf(one.source) } : { volume: textOf(one.source) }),
      isReadOnly: flagOf(one.read_only) ?? true,
    }));
  return [...volumes, ...mounts];
}

/** Always the same ones for an environment. */
export const containersOf = remembered(({ blocks }: ReviewedEnvironment): readonly Container[] =>
  blocks
    .filter(({ block: { kind, type } }) => kind === 'resource' && type === 'docker_container')
    .map((declared) => new Container(declared)),
);

/** Whether a path is another, or below it. */
export function isBelow(path: string, folder: string): boolean {
  const above = folder.replace(/\/+$/, '');
  return path.replace(/\/+$/, '') === above || path.startsWith(`${above}/`);
}

/** The mount that a path of a container is on: the innermost one. */
export function mountOf({ mounts }: Container, path: string): Mount | undefined {
  return mounts
    .filter((one) => one.path !== '' && isBelow(path, one.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** @returns nothing for what is not written, or no text */
export function textOf(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : markedText(value);
}

function flagOf(value: Value | undefined): boolean | undefined {
  return value instanceof Unknown ? undefined : String(value ?? false) === 'true';
}
