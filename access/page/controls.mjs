// @ts-check

import { byId, element } from './elements.mjs';
import { selectRows } from './selection.mjs';

/** @import { Data, Environment, Selection } from './selection.mjs' */

export const data = /** @type {Data} */ (JSON.parse(byId('data', HTMLScriptElement).textContent ?? ''));

export const controls = {
  search: byId('search', HTMLInputElement),
  platform: byId('platform', HTMLSelectElement),
  environment: byId('environment', HTMLSelectElement),
  identity: byId('identity', HTMLInputElement),
  capability: byId('capability', HTMLSelectElement),
  kind: byId('kind', HTMLSelectElement),
};

/**
 * Fills the lists, and asks for what the page's address asks for: production where nothing is said.
 *
 * @param {() => void} changed what to do after each change
 */
export function startControls(changed) {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const production = data.environments.find(({ stage }) => isProduction(stage));
  setOptions(controls.platform, [...new Set(data.environments.map(({ platform }) => platform))]);
  setOptions(controls.capability, data.capabilities, 'any');
  setValue(controls.platform, wanted.get('platform') ?? production?.platform);
  setStages(wanted.get('environment') ?? undefined);
  for (const key of /** @type {const} */ (['search', 'identity', 'capability', 'kind'])) {
    setValue(controls[key], wanted.get(key) ?? undefined);
  }
  controls.platform.addEventListener('input', () => setStages());
  controls.environment.addEventListener('input', setIdentities);
  const all = Object.values(controls);
  for (const control of all) {
    control.addEventListener('input', () => {
      keepInAddress();
      changed();
    });
  }
  byId('reset', HTMLButtonElement).addEventListener('click', () => {
    for (const [key, value] of Object.entries({ search: '', identity: '', capability: '', kind: 'named' })) {
      setValue(byId(key, HTMLElement), value);
    }
    keepInAddress();
    changed();
    controls.search.focus();
  });
}

/** @returns {Environment | undefined} */
export function chosenEnvironment() {
  const { platform, environment } = controls;
  return data.environments.find((one) => one.platform === platform.value && one.stage === environment.value);
}

/**
 * What all controls together leave of an environment.
 *
 * @param {Environment} environment
 * @returns {Selection}
 */
export function chosenRows(environment) {
  const { search, identity, capability, kind } = controls;
  return selectRows(environment, {
    search: search.value,
    identity: identity.value,
    capability: capability.value === '' ? 0 : capabilityBit(capability.value),
    kind: kind.value,
  });
}

/** @param {string} name */
export function capabilityBit(name) {
  return 1 << data.capabilities.indexOf(name);
}

/** So that a page can be left and sent on as it is. */
function keepInAddress() {
  const asked = Object.entries(controls).map(([key, { value }]) => [key, value]);
  history.replaceState(null, '', `#${new URLSearchParams(asked.filter(([, value]) => value !== ''))}`);
}

/** Keeps the environment where the platform has one of that name. */
function setStages(/** @type {string | undefined} */ wanted = controls.environment.value) {
  const { environment, platform } = controls;
  const stages = data.environments.filter((one) => one.platform === platform.value).map(({ stage }) => stage);
  setOptions(environment, stages);
  setValue(environment, stages.find(isProduction));
  setValue(environment, wanted);
  setIdentities();
}

function setIdentities() {
  const names = chosenEnvironment()?.identities.map(({ name }) => name) ?? [];
  byId('identities', HTMLElement).replaceChildren(...names.map((value) => element('option', { value })));
}

/** @param {string} stage */
function isProduction(stage) {
  return stage.startsWith('prod');
}

/**
 * @param {HTMLSelectElement} select
 * @param {string[]} values
 * @param {string} [any] what stands for all of them
 */
function setOptions(select, values, any) {
  select.replaceChildren(
    ...(any === undefined ? [] : [element('option', { value: '' }, any)]),
    ...values.map((value) => element('option', { value }, value === '' ? 'the only one' : value)),
  );
}

/**
 * Leaves a list as it is where it has no such value.
 *
 * @param {HTMLElement} control
 * @param {string | undefined} value
 */
function setValue(control, value) {
  if (value === undefined) return;
  if (control instanceof HTMLInputElement) control.value = value;
  if (control instanceof HTMLSelectElement && [...control.options].some((one) => one.value === value)) {
    control.value = value;
  }
}
