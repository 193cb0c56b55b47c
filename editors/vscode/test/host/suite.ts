import fs from 'node:fs';
import Mocha from 'mocha';

/** Facts that are not assertions: they end up in the report. */
export const notes: string[] = [];

/** Runs mocha inside the extension host and leaves the results where the runner of the tests looks for them. */
export async function runSuite(declare: () => void): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'json', reporterOptions: { output: process.env['VPYTHON_TEST_RESULTS'] } });
  if (process.env['VPYTHON_TEST_ONLY']) mocha.grep(process.env['VPYTHON_TEST_ONLY']);
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  declare();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  const file = process.env['VPYTHON_TEST_RESULTS'] as string;
  fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(fs.readFileSync(file, 'utf8')), notes }));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** Waits for a condition. @throws An Error that says what was last seen. */
export async function until<T>(what: string, condition: () => T | Promise<T>, milliseconds = 20_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}; last seen: ${String(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
