import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The one that is installed, or none. */
export function installedBrowser(): string | undefined {
  return NAMES.find((name) => spawnSync(name, ['--version'], { timeout: 60_000 }).status === 0);
}

type Parameters = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: each method answers with another shape
type Answer = any;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** Drives Chromium by its DevTools protocol, over a pipe: no port and no library. */
export class Browser {
  public static async start(program: string): Promise<Browser> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));
    const child = spawn(
      program,
      [
        '--headless=new',
        '--remote-debugging-pipe',
        `--user-data-dir=${folder}`,
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--hide-scrollbars',
        '--force-color-profile=srgb',
        // As root there is no sandbox, as in most containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    const browser = new Browser(child, folder);
    await browser.call('Browser.getVersion');
    return browser;
  }

  private readonly waiting = new Map<number, { resolve(value: Answer): void; reject(error: Error): void }>();
  private readonly listeners: ((message: Message) => void)[] = [];
  private readonly pipe: Writable;
  private last = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    this.pipe = child.stdio[3] as Writable;
    this.pipe.on('error', () => undefined);
    let rest = '';
    const answers = child.stdio[4] as Readable;
    answers.setEncoding('utf8');
    answers.on('data', (chunk: string) => {
      const messages = `${rest}${chunk}`.split('\0');
      rest = messages.pop() ?? '';
      for (const text of messages) this.receive(JSON.parse(text));
    });
    child.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the browser ended'));
      this.waiting.clear();
    });
  }

  /** @param sessionId of a page. @default the browser itself */
  public call(method: string, params: Parameters = {}, sessionId?: string): Promise<Answer> {
    this.last += 1;
    const id = this.last;
    const answer = new Promise<Answer>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.pipe.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    return answer;
  }

  public on(listener: (message: Message) => void): void {
    this.listeners.push(listener);
  }

  public async page(): Promise<Page> {
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId);
    for (const domain of ['Page', 'Runtime', 'Network', 'Log', 'Accessibility']) {
      await page.call(`${domain}.enable`);
    }
    return page;
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.call('Browser.close').catch(() => undefined);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private receive(message: Message): void {
    const { id, error, result } = message;
    if (id === undefined) {
      for (const listener of this.listeners) listener(message);
      return;
    }
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}

export interface View {
  readonly width: number;
  readonly height: number;
  /** @default light */
  readonly scheme?: 'light' | 'dark';
}

/** One tab, with what it asked for and complained of. */
export class Page {
  /** Addresses that were asked for. */
  public readonly requests: string[] = [];
  /** Of the console, of the program and of the page's own policy. */
  public readonly complaints: string[] = [];

  public constructor(
    private readonly browser: Browser,
    private readonly sessionId: string,
  ) {
    browser.on(({ method, params, sessionId: session }) => {
      if (session !== sessionId) return;
      if (method === 'Network.requestWillBeSent') this.requests.push(params.request.url);
      if (method === 'Runtime.exceptionThrown') {
        const { text, exception } = params.exceptionDetails;
        this.complaints.push(exception?.description ?? text);
      }
      if (method === 'Runtime.consoleAPICalled') {
        this.complaints.push(params.args.map((one: Answer) => one.value).join(' '));
      }
      if (method === 'Log.entryAdded') this.complaints.push(params.entry.text);
      if (method === 'Page.javascriptDialogOpening') this.complaints.push(`dialog: ${params.message}`);
    });
  }

  public call(method: string, params: Parameters = {}): Promise<Answer> {
    return this.browser.call(method, params, this.sessionId);
  }

  public async view({ width, height, scheme = 'light' }: View): Promise<void> {
    await this.call('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
    await this.call('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    await this.settled();
  }

  /**
   * @param isScripted false where programs of pages are off, so that it cannot tell when it was drawn
   * @returns how many milliseconds it took until it was drawn
   */
  public async open(file: string, fragment = '', isScripted = true): Promise<number> {
    // The address alone may differ in its fragment, which loads nothing.
    await this.call('Page.navigate', { url: 'about:blank' });
    this.requests.length = 0;
    const before = performance.now();
    const loaded = this.once('Page.loadEventFired');
    await this.call('Page.navigate', { url: `${pathToFileURL(file).href}${fragment}` });
    await loaded;
    if (isScripted) await this.settled();
    return performance.now() - before;
  }

  /** The value of an expression in the page. */
  public async value<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** What stands in the elements. */
  public texts(selector: string): Promise<string[]> {
    return this.value(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.innerText.trim())`,
    );
  }

  /** Sets a control as a person does. @returns milliseconds until the page has been drawn anew */
  public async set(selector: string, value: string): Promise<number> {
    return this.value(`(async () => {
      const control = document.querySelector(${JSON.stringify(selector)});
      control.value = ${JSON.stringify(value)};
      const before = performance.now();
      control.dispatchEvent(new Event('input', { bubbles: true }));
      document.body.getBoundingClientRect();
      return performance.now() - before;
    })()`);
  }

  /** What a screen reader is told, in the order of the page. */
  public async accessible(): Promise<{ readonly role: string; readonly name: string }[]> {
    const { nodes } = await this.call('Accessibility.getFullAXTree');
    return nodes
      .filter((node: Answer) => !node.ignored)
      .map((node: Answer) => ({ role: node.role?.value, name: node.name?.value ?? '' }));
  }

  public async press(key: string, code: number, modifiers = 0): Promise<void> {
    for (const type of ['rawKeyDown', 'keyUp']) {
      await this.call('Input.dispatchKeyEvent', {
        type,
        key,
        code: key,
        windowsVirtualKeyCode: code,
        modifiers,
      });
    }
  }

  public async screenshot(file: string, isWhole = true): Promise<void> {
    const { data } = await this.call('Page.captureScreenshot', { captureBeyondViewport: isWhole });
    fs.writeFileSync(file, Buffer.from(data, 'base64'));
  }

  private async settled(): Promise<void> {
    await this.value('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  private once(method: string): Promise<void> {
    return new Promise((resolve) => {
      this.browser.on((message) => {
        if (message.sessionId === this.sessionId && message.method === method) resolve();
      });
    });
  }
}
