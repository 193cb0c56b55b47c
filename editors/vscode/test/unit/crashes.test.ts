import assert from 'node:assert/strict';
import { Crashes } from '../../src/server/crashes';

describe('Crashes', () => {
  it('end the starting with the fifth within three minutes', () => {
    const crashes = new Crashes();
    assert.deepEqual([0, 1, 2, 3, 4].map((second) => crashes.mayStartAgain(second * 1000)), [true, true, true, true, false]);
  });

  it('that lie further apart never do', () => {
    const crashes = new Crashes();
    for (let minute = 0; minute < 60; minute++) assert.ok(crashes.mayStartAgain(minute * 60_000 * 0.8), String(minute));
  });
});
