import { namesASecret } from '../policies/secret-text';
import { rememberedByText } from './remembered';

/** Names that a plan has beside those that a construct could be given. */
const MORE_SECRETS =
  /(^|_)(token_id|authorization|cookie|pin|otp|totp|salt|requirepass|masterauth|masterpass|webhook(_url)?|(unseal|recovery)_(keys?|shares?)|keys?_shares?|bindpass|private_key_\w+|hmac|sig|app_key|licen[cs]e_key)$|._auth$/;

/** See {@link namesASecret}: for findings, which must be right. */
export const isSecretName = rememberedByText(namesASecret);

/** Whether what is called so may hold a secret: for masking, which hides when in doubt. */
export const mayNameASecret = rememberedByText((name) => {
  if (/_wo_version$/.test(name)) return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[-. ]/g, '_');
  return MORE_SECRETS.test(words) || isSecretName(name);
});
