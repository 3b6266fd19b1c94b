import type { BlockInstance } from '../policies/terraform-blocks';
import { Unknown, type Value } from '../policies/terraform-value';
import { isSameValue, mountOfAccessor } from './auth-mounts';
import { type Declarations, elements, type Missing } from './declarations';
import { type Login, policiesMissing } from './logins';

/** Somebody whom Vault knows, however they log in. */
export interface Entity {
  /** Nothing where Vault makes it up. */
  readonly name?: string;
  readonly address: string;
  readonly policies: readonly string[];
  /** Its tokens are refused. */
  readonly isDisabled: boolean;
  readonly metadata: ReadonlyMap<string, Value>;
  readonly aliases: readonly Alias[];
  /** Those that it is in, and those that these are in. */
  readonly groups: readonly Group[];
}

export interface Alias {
  /** Of the auth method; nothing where the stacks do not tell. */
  readonly mount?: string;
  readonly name: Value;
}

export interface Group {
  readonly name: string;
  readonly address: string;
  readonly policies: readonly string[];
  readonly metadata: ReadonlyMap<string, Value>;
  readonly aliases: readonly Alias[];
  /** Whether some of its members are known at an apply only. */
  readonly hasUnknownMembers: boolean;
}

/** Entities and groups that the stacks declare. */
export class IdentityStore {
  public readonly entities: readonly Entity[];
  private readonly groups = new Map<BlockInstance, Group>();
  /** Groups that a group is in. */
  private readonly above = new Map<BlockInstance, BlockInstance[]>();
  private readonly groupsOfEntity = new Map<BlockInstance, BlockInstance[]>();
  /** By type: resources by the block that they name. */
  private readonly pointing = new Map<string, ReadonlyMap<BlockInstance, BlockInstance[]>>();
  private readonly byAlias = new Map<string | BlockInstance, Entity[]>();

  public constructor(private readonly declarations: Declarations) {
    for (const [type, attribute] of Object.entries(POINTING))
      this.pointing.set(type, this.index(type, attribute));
    for (const block of declarations.all('vault_identity_group')) this.groups.set(block, this.group(block));
    this.entities = declarations.all('vault_identity_entity').map((block) => this.entity(block));
    for (const entity of this.entities) {
      for (const { name } of entity.aliases) {
        const key = aliasKey(name);
        if (key !== undefined) add(this.byAlias, key, entity);
      }
    }
  }

  /** The entity that a login has, where its alias is declared. */
  public entityOf({ mount, alias }: Login): Entity | undefined {
    const key = aliasKey(alias);
    return (key === undefined ? [] : (this.byAlias.get(key) ?? [])).find(({ aliases }) =>
      aliases.some((one) => one.mount === mount && isSameValue(one.name, alias)),
    );
  }

  /** Groups that a login is in by what the auth method says, and those that these are in. */
  public groupsByAlias({ mount, groupAliases }: Login): readonly Group[] {
    const blocks = [...this.groups].filter(([, { aliases }]) =>
      aliases.some((one) => one.mount === mount && groupAliases.some((name) => name === one.name)),
    );
    return this.withAbove(blocks.map(([block]) => block));
  }

  /** Groups whose members are known to an auth method, or at an apply only. */
  public get groupsOfStrangers(): readonly (readonly Group[])[] {
    return [...this.groups]
      .filter(([, { aliases, hasUnknownMembers }]) => aliases.length > 0 || hasUnknownMembers)
      .map(([block]) => this.withAbove([block]));
  }

  private withAbove(blocks: readonly BlockInstance[]): readonly Group[] {
    const seen = new Set<BlockInstance>(blocks);
    // A set goes on to what is added to it meanwhile.
    for (const block of seen) {
      for (const one of this.above.get(block) ?? []) seen.add(one);
    }
    return [...seen].flatMap((block) => this.groups.get(block) ?? []);
  }

  private entity(block: BlockInstance): Entity {
    const { declarations } = this;
    return {
      name: declarations.text(block, 'name', UNNAMED),
      address: block.address,
      policies: this.policies(block, 'vault_identity_entity_policies'),
      isDisabled: declarations.isTrue(block, 'disabled', ENABLED),
      metadata: declarations.map(block, 'metadata'),
      aliases: this.aliases(block, 'vault_identity_entity_alias'),
      groups: this.withAbove(this.groupsOfEntity.get(block) ?? []),
    };
  }

  private group(block: BlockInstance): Group {
    const { declarations } = this;
    const entities = this.members(block, 'member_entity_ids');
    const groups = this.members(block, 'member_group_ids');
    for (const one of entities.blocks) add(this.groupsOfEntity, one, block);
    for (const one of groups.blocks) add(this.above, one, block);
    return {
      name: declarations.text(block, 'name', UNNAMED) ?? block.address,
      address: block.address,
      policies: this.policies(block, 'vault_identity_group_policies'),
      metadata: declarations.map(block, 'metadata'),
      aliases: this.aliases(block, 'vault_identity_group_alias'),
      hasUnknownMembers: entities.isUnknown || groups.isUnknown,
    };
  }

  /** Its own policies, and those of resources that add to them or take their place. */
  private policies(block: BlockInstance, type: keyof typeof POINTING): readonly string[] {
    const { declarations } = this;
    const others = this.pointingAt(block, type);
    const texts = (one: BlockInstance) => declarations.texts(one, 'policies', policiesMissing('everybody'));
    const isExternal = declarations.isTrue(block, 'external_policies', toEverybody('its own policies count'));
    const own = isExternal ? [] : texts(block);
    // It takes the place of all that is there, its own policies among them.
    const exclusive = others.filter((one) => declarations.value(one, 'exclusive') !== false);
    if (exclusive.length > 0 && own.length > 0) {
      declarations.notes.add(
        `${block.address} and ${exclusive[0]?.address} both set all policies of the same; whichever is applied last counts, and both are looked at`,
        'everybody',
      );
    }
    return [...own, ...others.flatMap(texts)];
  }

  private members(
    block: BlockInstance,
    attribute: 'member_entity_ids' | 'member_group_ids',
  ): { readonly blocks: readonly BlockInstance[]; readonly isUnknown: boolean } {
    const isExternal = this.declarations.value(block, `external_${attribute}`) === true;
    const lists = this.pointingAt(block, `vault_identity_group_${attribute}`);
    let isUnknown = false;
    const blocks = [...(isExternal ? [] : [block]), ...lists].flatMap((one) =>
      elements(this.declarations.value(one, attribute) ?? []).flatMap((id) => {
        const owner = blockOfId(id);
        if (owner) return owner;
        isUnknown = true;
        this.declarations.unknown(one, attribute, id, toEverybody('these members are missing here'));
        return [];
      }),
    );
    return { blocks, isUnknown };
  }

  private aliases(block: BlockInstance, type: keyof typeof POINTING): readonly Alias[] {
    return this.pointingAt(block, type).map((alias) => {
      const accessor = this.declarations.value(alias, 'mount_accessor');
      const mount = mountOfAccessor(accessor);
      if (mount === undefined) {
        this.declarations.unknown(
          alias,
          'mount_accessor',
          accessor ?? null,
          toEverybody('which auth method it is of is not known, and so who logs in as it'),
        );
      }
      return { mount, name: this.declarations.value(alias, 'name') ?? null };
    });
  }

  /** Resources of a type that name a block by its id. */
  private pointingAt(block: BlockInstance, type: keyof typeof POINTING): readonly BlockInstance[] {
    return this.pointing.get(type)?.get(block) ?? [];
  }

  private index(type: string, attribute: string): Map<BlockInstance, BlockInstance[]> {
    const index = new Map<BlockInstance, BlockInstance[]>();
    for (const one of this.declarations.all(type)) {
      const id = this.declarations.value(one, attribute) ?? null;
      const target = blockOfId(id);
      if (target) add(index, target, one);
      else
        this.declarations.unknown(
          one,
          attribute,
          id,
          toEverybody('what it gives, and to whom, is missing here'),
        );
    }
    return index;
  }
}

/** Whoever logs in may be an entity, and in a group. */
function toEverybody(otherwise: string): Missing {
  return { otherwise, mayGrantTo: 'everybody' };
}

/** Policies may have paths by the names of entities and groups. */
const UNNAMED = toEverybody('it is called by its address');
/** Disabled it could do less. */
const ENABLED: Missing = { otherwise: 'it is taken to be enabled', mayGrantTo: 'nobody' };

/** What belongs to an entity or a group, and the attribute that says to which. */
const POINTING = {
  vault_identity_entity_policies: 'entity_id',
  vault_identity_entity_alias: 'canonical_id',
  vault_identity_group_policies: 'group_id',
  vault_identity_group_alias: 'canonical_id',
  vault_identity_group_member_entity_ids: 'group_id',
  vault_identity_group_member_group_ids: 'group_id',
} as const;

/** Data sources, of what others declare, are none. */
const STORED = ['vault_identity_entity', 'vault_identity_group'];

/** The entity or group that an id stands for. */
function blockOfId(id: Value | undefined): BlockInstance | undefined {
  if (!(id instanceof Unknown)) return undefined;
  const { of } = id.known;
  return of?.attribute === 'id' && of.block.kind === 'resource' && STORED.includes(of.block.type)
    ? of.block
    : undefined;
}

function aliasKey(name: Value | undefined): string | BlockInstance | undefined {
  return name instanceof Unknown ? name.known.of?.block : typeof name === 'string' ? name : undefined;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
