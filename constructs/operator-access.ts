import type { IConstruct } from 'constructs';
import { violationOfLabel } from '../policies/names';
import { requireName, ValidationError } from './validation-error';
import type { OperatorAccessDescription } from './vault-description';

export interface JwtOperatorAccessProps {
  /** Of the issuer whose keys sign, such as `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** Whom the tokens are for. */
  readonly audience: string;
  /**
   * Claims that a token must have, each with its value: at least one, or every job of the issuer would get in. A
   * repository alone lets in its every branch and pull request; bind what is protected, such as its environment.
   */
  readonly claims: Readonly<Record<string, string>>;
}

/** An hour at a time, and a working day at most. */
const TTL = { token_ttl: '1h', token_max_ttl: '8h' } as const;

/**
 * How people and CI come to a token with the policy `operator`. Set up once, by the key ceremony, so that nobody
 * who deploys can give the policy to others by it.
 */
export class OperatorAccess {
  /** People log in with a name and a password, which the ceremony asks for. Wrong passwords lock a user out. */
  public static userpass(...users: readonly string[]): OperatorAccess {
    return new OperatorAccess({ type: 'userpass', path: 'userpass', users, ...TTL });
  }

  /** A CI system logs in with the signed tokens of its jobs, so it keeps no secret. */
  public static jwt(props: JwtOperatorAccessProps): OperatorAccess {
    return new OperatorAccess({
      type: 'jwt',
      path: 'jwt',
      config: { oidc_discovery_url: props.issuer, bound_issuer: props.issuer },
      role: 'operator',
      bound_audiences: [props.audience],
      bound_claims: props.claims,
      user_claim: 'sub',
      ...TTL,
    });
  }

  private constructor(public readonly description: OperatorAccessDescription) {}

  public validate(scope: IConstruct): void {
    const { description } = this;
    if (description.type === 'userpass') {
      for (const user of description.users) requireName(scope, 'users', user, violationOfLabel);
      if (description.users.length > 0) return;
      throw new ValidationError(
        scope,
        "'users' of operator access must name somebody, got nobody; write OperatorAccess.userpass('ada')",
      );
    }
    const words = [description.config.bound_issuer, ...description.bound_audiences];
    const claims = Object.entries(description.bound_claims).flat();
    // The description is among Terraform's locals, which would work it out; the commands would not.
    if ([...words, ...claims].some((word) => word === '' || /[$%]\{/.test(word ?? ''))) {
      throw new ValidationError(
        scope,
        "'issuer', 'audience' and 'claims' of operator access must be words without '${' and '%{', got an empty one or one with them; write what the tokens hold",
      );
    }
    if (claims.length === 0) {
      throw new ValidationError(
        scope,
        "'claims' of operator access must bind a claim, got none, so every job of the issuer would get in; write { repository: 'team/platform' }",
      );
    }
    const issuer = description.config.bound_issuer ?? '';
    if (!/^https:\/\/[^\s@]+$/.test(issuer)) {
      throw new ValidationError(
        scope,
        `'issuer' of operator access must be an https address, got '${issuer}'; write it as 'https://token.example'`,
      );
    }
  }
}
