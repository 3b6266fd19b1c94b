import { Annotations } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Environment } from './environment';
import { ValidationError } from './validation-error';

// Docker's own reference grammar: [host[:port]/]path[:tag][@digest], all lower case but for the tag.
const REFERENCE =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$/;

/**
 * Checks the reference of a container image: it needs a tag or a digest, and outside development not the
 * tag `latest`, which names another image tomorrow.
 */
export function checkImage(scope: IConstruct, image: string, environment: Environment): void {
  const match = REFERENCE.exec(image);
  if (!match) {
    throw new ValidationError(
      scope,
      `'image' must be a Docker image reference, got '${image}'; write it as 'registry.example/team/service:1.4.2'`,
    );
  }
  const [, tag, digest] = match;
  if (!tag && !digest) {
    throw new ValidationError(
      scope,
      `'image' must carry a tag or a digest, got '${image}'; write it as '${image}:1.4.2'`,
    );
  }
  if (tag !== 'latest' || digest) return;
  if (!environment.isDevelopment) {
    throw new ValidationError(
      scope,
      `'image' must not be tagged 'latest' outside development, got '${image}'; pin a version or a digest`,
    );
  }
  Annotations.of(scope).addWarning(
    `image '${image}' moves: pin a version, 'latest' is refused outside development`,
  );
}
