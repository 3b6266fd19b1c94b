import type { Rule } from '../rule';
import { runsAsRoot } from './hrd-b01-runs-as-root';
import { writesToItsImage } from './hrd-b02-writes-to-its-image';
import { plainHttp } from './hrd-b03-plain-http';
import { swaps } from './hrd-b04-swaps';
import { coreDumps } from './hrd-b05-core-dumps';
import { sharesItsHost } from './hrd-b06-shares-its-host';
import { openToTheNetwork } from './hrd-b07-open-to-the-network';
import { rootToken } from './hrd-b08-root-token';
import { noLockout } from './hrd-b09-no-lockout';
import { noAudit } from './hrd-b10-no-audit';
import { logsNotKept } from './hrd-b11-logs-not-kept';
import { movingImage } from './hrd-b13-moving-image';
import { openStorage } from './hrd-b15-open-storage';
import { sealCredentials } from './hrd-b16-seal-credentials';
import { oldTls } from './hrd-b17-old-tls';
import { writablePlugins } from './hrd-b18-writable-plugins';
import { mergedConfiguration } from './hrd-b19-merged-configuration';
import { openFiles } from './hrd-b20-open-files';
import { secretInCommand } from './hrd-b21-secret-in-command';
import { longLives } from './hrd-b23-long-lives';
import { needlessPrivileges } from './hrd-x02-needless-privileges';
import { mutableServer } from './hrd-x03-mutable-server';
import { unconfined } from './hrd-x04-unconfined';
import { openFilesLimit } from './hrd-x05-open-files-limit';
import { memoryLockRefused } from './hrd-x06-memory-lock-refused';
import { unsaidMemoryLock } from './hrd-x07-unsaid-memory-lock';
import { noOutboundProxy } from './hrd-x11-no-outbound-proxy';
import { slashesInTemplates } from './hrd-x12-slashes-in-templates';
import { unreachableRule } from './vlt001-unreachable-rule';
import { shadowedDeny } from './vlt002-shadowed-deny';
import { crossPolicyNarrowing } from './vlt003-cross-policy-narrowing';
import { literalWildcard } from './vlt004-literal-wildcard';
import { kv2PathWithoutPart } from './vlt005-kv2-path-without-part';
import { kv2Capability } from './vlt006-kv2-capability';
import { kv2Parameters } from './vlt007-kv2-parameters';
import { listingDialect } from './vlt008-listing-dialect';
import { prefixLeak } from './vlt009-prefix-leak';
import { escalation } from './vlt010-escalation';
import { sudo } from './vlt011-sudo';
import { createWithoutUpdate } from './vlt012-create-without-update';
import { reachIntoAnotherService } from './vlt013-reach-into-another-service';
import { unwrappedSecretId } from './vlt014-unwrapped-secret-id';
import { slashInTemplate } from './vlt015-slash-in-template';
import { undeclaredMount } from './vlt016-undeclared-mount';
import { destruction } from './vlt018-destruction';
import { expiredRule } from './vlt019-expired-rule';
import { malformedAddress } from './wir001-malformed-address';
import { finalSlash } from './wir002-final-slash';
import { looksInItself } from './wir003-looks-in-itself';
import { unknownHost } from './wir004-unknown-host';
import { wrongPort } from './wir005-wrong-port';
import { tlsMismatch } from './wir006-tls-mismatch';
import { otherEnvironment } from './wir007-other-environment';
import { noSharedNetwork } from './wir008-no-shared-network';
import { noAuthority } from './wir009-no-authority';
import { missingCertificate } from './wir010-missing-certificate';
import { missingTokenFile } from './wir011-missing-token-file';
import { noToken } from './wir012-no-token';
import { twoTokens } from './wir013-two-tokens';
import { runsOnRoot } from './wir014-runs-on-root';
import { runsOnRootInDevelopment } from './wir015-runs-on-root-in-development';
import { secretInVariable } from './wir016-secret-in-variable';
import { otherSecretInCommand } from './wir017-other-secret-in-command';
import { undeclaredMountVariable } from './wir018-undeclared-mount';
import { kvVersion } from './wir019-kv-version';
import { unknownSecret } from './wir020-unknown-secret';
import { refusedSecret } from './wir021-refused-secret';
import { twoVaults } from './wir022-two-vaults';
import { unreadConfiguration } from './wir023-unread-configuration';

/** All rules, in the order of their ids. */
export const RULES: readonly Rule[] = [
  runsAsRoot,
  writesToItsImage,
  plainHttp,
  swaps,
  coreDumps,
  sharesItsHost,
  openToTheNetwork,
  rootToken,
  noLockout,
  noAudit,
  logsNotKept,
  movingImage,
  openStorage,
  sealCredentials,
  oldTls,
  writablePlugins,
  mergedConfiguration,
  openFiles,
  secretInCommand,
  longLives,
  needlessPrivileges,
  mutableServer,
  unconfined,
  openFilesLimit,
  memoryLockRefused,
  unsaidMemoryLock,
  noOutboundProxy,
  slashesInTemplates,
  unreachableRule,
  shadowedDeny,
  crossPolicyNarrowing,
  literalWildcard,
  kv2PathWithoutPart,
  kv2Capability,
  kv2Parameters,
  listingDialect,
  prefixLeak,
  escalation,
  sudo,
  createWithoutUpdate,
  reachIntoAnotherService,
  unwrappedSecretId,
  slashInTemplate,
  undeclaredMount,
  destruction,
  expiredRule,
  malformedAddress,
  finalSlash,
  looksInItself,
  unknownHost,
  wrongPort,
  tlsMismatch,
  otherEnvironment,
  noSharedNetwork,
  noAuthority,
  missingCertificate,
  missingTokenFile,
  noToken,
  twoTokens,
  runsOnRoot,
  runsOnRootInDevelopment,
  secretInVariable,
  otherSecretInCommand,
  undeclaredMountVariable,
  kvVersion,
  unknownSecret,
  refusedSecret,
  twoVaults,
  unreadConfiguration,
];
